import type { DocumentNode, Edge, EdgeEnd, NetworkDocument } from '../graph/document.ts';
import { layerOf, layers } from '../layers/index.ts';
import type { Category, LayerDef, Shape } from '../layers/layer.ts';
import type { Text } from '../text.ts';
import type { CheckResult } from './checkedGraph.ts';
import { portsOf } from './connection.ts';
import { replacement } from './replace.ts';
import { type Given, tryLayer, tryNode } from './trial.ts';

/** A kind of layer that could be put somewhere, with the sum that would fail when it does not fit there. */
export interface Fitting {
  readonly layer: LayerDef;
  readonly fits: boolean;
  readonly reason: Text | null;
}

/** What usually follows a layer of that category, most usual first. */
const usuallyNext: Readonly<Record<Category, readonly Category[]>> = {
  io: ['convolution', 'shape', 'linear'],
  convolution: ['activation', 'normalisation', 'pooling', 'convolution', 'merge'],
  pooling: ['convolution', 'shape', 'linear', 'regularisation'],
  activation: ['pooling', 'convolution', 'linear', 'regularisation', 'merge'],
  normalisation: ['activation', 'convolution', 'linear', 'pooling'],
  regularisation: ['linear', 'convolution', 'activation'],
  linear: ['activation', 'io', 'regularisation', 'normalisation', 'linear'],
  shape: ['linear', 'convolution', 'activation'],
  merge: ['activation', 'convolution', 'pooling', 'linear'],
};

/** The other way round: what usually comes before. */
const usuallyBefore = (category: Category): readonly Category[] =>
  (Object.keys(usuallyNext) as Category[])
    .filter((before) => usuallyNext[before].includes(category))
    .sort((a, b) => usuallyNext[a].indexOf(category) - usuallyNext[b].indexOf(category));

const placeIn = (order: readonly Category[], { category }: LayerDef): number => {
  const at = order.indexOf(category);
  return at < 0 ? order.length : at;
};

/** What fits first, and among it what is usual; else in the order of the palette. */
const ranked = (fittings: readonly Fitting[], order: readonly Category[]): readonly Fitting[] =>
  fittings.toSorted((a, b) => Number(b.fits) - Number(a.fits) || placeIn(order, a.layer) - placeIn(order, b.layer));

const fitting = (layer: LayerDef, reason: Text | null): Fitting => ({ layer, fits: reason === null, reason });

const takesNothing = ({ title }: LayerDef): Text => ({
  en: `${title.en} begins a network and takes no wire.`,
  zh: `${title.zh}是网络的起点，不接收连线。`,
});
const givesNothing = ({ title }: LayerDef): Text => ({
  en: `${title.en} ends a network and gives nothing on.`,
  zh: `${title.zh}是网络的终点，没有输出。`,
});

/** A document with its check, asked for what comes out of a port and what a node would say to another input. */
function asker(doc: NetworkDocument, check: CheckResult) {
  const node = (id: string): DocumentNode | undefined => doc.nodes.find((candidate) => candidate.id === id);
  const from = (end: EdgeEnd): Given => ({
    shape: check.nodes.get(end.node)?.outputs[end.port],
    from: node(end.node)?.name ?? end.node,
  });
  const into = (id: string, port: string): Given | undefined => {
    const edge = doc.edges.find(({ to }) => to.node === id && to.port === port);
    return edge && from(edge.from);
  };
  /** What the node at `to` says when that port is given something else. */
  const refusal = (to: EdgeEnd, given: Given): Text | null => {
    const target = node(to.node);
    if (target === undefined) return null;
    return tryNode(target, (port) => (port === to.port ? given : into(to.node, port))).reason;
  };
  const category = (id: string): Category => layerOf(node(id)?.layer ?? '')?.category ?? 'io';
  return { from, into, refusal, category };
}

/** Which layers could take what that output gives. */
export function layersBehind(doc: NetworkDocument, check: CheckResult, from: EdgeEnd): readonly Fitting[] {
  const ask = asker(doc, check);
  const given = ask.from(from);
  const fittings = layers.map((layer) =>
    fitting(layer, layer.inputs.length === 0 ? takesNothing(layer) : tryLayer(layer, given).reason),
  );
  return ranked(fittings, usuallyNext[ask.category(from.node)]);
}

/** Pictures and vectors as they are common: what a layer before an input is tried with. */
const trials: readonly Shape[] = [[16, 16, 16], [64], [1, 28, 28], [3, 224, 224]];

/** Which layers could feed that input: those that give what it takes for at least one common input of theirs. */
export function layersBefore(doc: NetworkDocument, check: CheckResult, to: EdgeEnd): readonly Fitting[] {
  const ask = asker(doc, check);
  const refused = (layer: LayerDef): Text | null => {
    const [output] = layer.outputs;
    if (output === undefined) return givesNothing(layer);
    let reason: Text | null = null;
    for (const shape of trials) {
      const given = tryLayer(layer, { shape, from: layer.title.en }).outputs?.[output];
      if (given === undefined) continue;
      const wrong = ask.refusal(to, { shape: given, from: layer.title.en });
      if (wrong === null) return null;
      reason ??= wrong;
    }
    return reason;
  };
  return ranked(
    layers.map((layer) => fitting(layer, refused(layer))),
    usuallyBefore(ask.category(to.node)),
  );
}

/** Which layers could stand in the middle of that wire. */
export function layersOnWire(doc: NetworkDocument, check: CheckResult, { from, to }: Edge): readonly Fitting[] {
  const ask = asker(doc, check);
  const source = ask.from(from);
  const refused = (layer: LayerDef): Text | null => {
    const [output] = layer.outputs;
    if (layer.inputs.length === 0) return takesNothing(layer);
    if (output === undefined) return givesNothing(layer);
    const { outputs, reason } = tryLayer(layer, source);
    return reason ?? ask.refusal(to, { shape: outputs?.[output], from: layer.title.en });
  };
  return ranked(
    layers.map((layer) => fitting(layer, refused(layer))),
    usuallyNext[ask.category(from.node)],
  );
}

/** Which kinds of layer could stand where a node stands, with its wires; its own kind is not among them. */
export function layersInPlaceOf(doc: NetworkDocument, check: CheckResult, node: DocumentNode): readonly Fitting[] {
  const ask = asker(doc, check);
  const leaving = doc.edges.filter((edge) => edge.from.node === node.id);
  const refused = (layer: LayerDef): Text | null => {
    const { node: next, ports } = replacement(doc, node, layer);
    if (Object.keys(ports.inputs).length === 0 && portsOf(doc, node).inputs.length > 0) return takesNothing(layer);
    if (leaving.some(({ from }) => ports.outputs[from.port] === undefined)) return givesNothing(layer);
    const before = (port: string) => Object.keys(ports.inputs).find((old) => ports.inputs[old] === port);
    const { outputs, reason } = tryNode(next, (port) => ask.into(node.id, before(port) ?? ''));
    const targets = leaving.map(({ from, to }) =>
      ask.refusal(to, { shape: outputs?.[ports.outputs[from.port] ?? ''], from: next.name }),
    );
    return reason ?? targets.find((wrong) => wrong !== null) ?? null;
  };
  const own = layerOf(node.layer)?.category;
  return ranked(
    layers.filter(({ type }) => type !== node.layer).map((layer) => fitting(layer, refused(layer))),
    own === undefined ? [] : [own],
  );
}

/** Every layer, for a place where nothing is connected yet. */
export const layersAnywhere = (): readonly Fitting[] => layers.map((layer) => fitting(layer, null));
