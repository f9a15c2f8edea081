import type { CheckResult } from '../check/checkedGraph.ts';
import { layerIn } from '../check/faces.ts';
import type { DocumentNode, Edge, EdgeEnd, NetworkDocument } from '../graph/document.ts';
import type { Category, NewLayer, Shape } from '../layers/layer.ts';
import type { Offer } from '../layers/presets.ts';
import type { Text } from '../text.ts';
import { offersIn } from './offers.ts';
import { replacement } from './replace.ts';
import {
  type JoinedOutcome,
  type Outcome,
  type TrialInput,
  tryJoined,
  tryNode,
  tryOffer,
  tryOfferJoined,
} from './trial.ts';

/** A palette entry, judged for a position in the network. */
export interface Fitting extends Offer {
  /** True if it can be inserted. */
  readonly possible: boolean;
  /** Possible, and all known shapes fit, together with the layers in `needs`. */
  readonly fits: boolean;
  /** Layers inserted before it, which it needs to accept its input. */
  readonly needs: readonly NewLayer[];
  /** Reason why it is not possible or does not fit. */
  readonly reason: Text | null;
}

/** Categories that usually follow a category, most usual first. */
const usuallyNext: Readonly<Record<Category, readonly Category[]>> = {
  io: ['convolution', 'shape', 'linear'],
  convolution: ['activation', 'normalization', 'pooling', 'convolution', 'merge'],
  pooling: ['convolution', 'shape', 'linear', 'regularization'],
  activation: ['pooling', 'convolution', 'linear', 'regularization', 'merge'],
  normalization: ['activation', 'convolution', 'linear', 'pooling'],
  regularization: ['linear', 'convolution', 'activation'],
  linear: ['activation', 'io', 'regularization', 'normalization', 'linear'],
  shape: ['linear', 'convolution', 'activation'],
  merge: ['activation', 'convolution', 'pooling', 'linear'],
  blocks: ['blocks', 'pooling', 'activation', 'convolution'],
  onnx: ['activation', 'linear', 'io'],
};

/** Categories that usually come before a category. */
const usuallyBefore = (category: Category): readonly Category[] =>
  (Object.keys(usuallyNext) as Category[])
    .filter((before) => usuallyNext[before].includes(category))
    .sort((a, b) => usuallyNext[a].indexOf(category) - usuallyNext[b].indexOf(category));

/**
 * Sorts fitting entries first, those without needs before the others. Within these groups: the first entry of each usual
 * category, the other entries of these categories, then the rest in the order of the palette.
 */
function ranked(fittings: readonly Fitting[], order: readonly Category[]): readonly Fitting[] {
  const good = fittings.filter(({ fits, needs }) => fits && needs.length === 0);
  const of = (category: Category) => good.filter(({ layer }) => layer.category === category);
  const usual = order.map(of);
  const first = usual.flatMap(([best]) => best ?? []);
  return [...new Set([...first, ...usual.flat(), ...good, ...fittings.filter(({ fits }) => fits), ...fittings])];
}

type Judgement = Pick<JoinedOutcome, 'reason'> & Partial<Pick<JoinedOutcome, 'needs'>>;

/** Judges all palette entries. `impossible` and `judged` return a reason or null. */
function fittingsOf(
  candidates: readonly Offer[],
  impossible: (offer: Offer) => Text | null,
  judged: (offer: Offer) => Judgement,
): readonly Fitting[] {
  return candidates.map((offer) => {
    const never = impossible(offer);
    const { reason, needs = [] } = never === null ? judged(offer) : { reason: never };
    return { ...offer, possible: never === null, fits: reason === null, needs, reason };
  });
}

const takesNothing = ({ title }: Offer): Text => ({
  en: `${title.en} has no input port.`,
  zh: `${title.zh}没有输入端口。`,
});
const givesNothing = ({ title }: Offer): Text => ({
  en: `${title.en} has no output port.`,
  zh: `${title.zh}没有输出端口。`,
});

const cutsEdges = ({ title }: Offer): Text => ({
  en: `${title.en} has too few ports: some connections would be removed.`,
  zh: `${title.zh}的端口不足，部分连线会被删除。`,
});

/** Answers questions about a checked document: the output of a port, and the reason why a node rejects another input. */
function asker(doc: NetworkDocument, check: CheckResult) {
  const node = (id: string): DocumentNode | undefined => doc.nodes.find((candidate) => candidate.id === id);
  const from = (end: EdgeEnd): TrialInput => ({
    shape: check.nodes.get(end.node)?.outputs[end.port],
    from: node(end.node)?.name ?? end.node,
  });
  const into = (id: string, port: string): TrialInput | undefined => {
    const edge = doc.edges.find(({ to }) => to.node === id && to.port === port);
    return edge && from(edge.from);
  };
  // Each node is tried once per shape, because trying a block builds its inside.
  const asked = new Map<string, Outcome['explain']>();
  const answer = (to: EdgeEnd, target: DocumentNode, given: TrialInput): Outcome['explain'] => {
    const key = JSON.stringify([to.node, to.port, given.shape]);
    const known = asked.get(key);
    if (known !== undefined) return known;
    const { explain } = tryNode(doc, target, (port) => (port === to.port ? given : into(to.node, port)));
    asked.set(key, explain);
    return explain;
  };
  /** Reason why the node at `to` rejects another input at that port; null if it accepts it. */
  const refusal = (to: EdgeEnd, given: TrialInput): Text | null => {
    const target = node(to.node);
    if (target === undefined || given.shape === undefined) return null;
    const explain = answer(to, target, given);
    return explain?.((port) => (port === to.port ? given.from : (into(to.node, port)?.from ?? port))) ?? null;
  };
  const category = (id: string): Category => layerIn(doc, node(id)?.layer ?? '')?.category ?? 'io';
  return { from, into, refusal, category };
}

const firstOutput = ({ layer }: Offer): string => layer.outputs[0] ?? '';
const refusesEdges = (offer: Offer): Text | null => (offer.layer.inputs.length === 0 ? takesNothing(offer) : null);
const endsThere = (offer: Offer): Text | null => (offer.layer.outputs.length === 0 ? givesNothing(offer) : null);
const noWayThrough = (offer: Offer): Text | null => refusesEdges(offer) ?? endsThere(offer);

/** Layers that could follow that output. */
export function layersBehind(doc: NetworkDocument, check: CheckResult, from: EdgeEnd): readonly Fitting[] {
  const ask = asker(doc, check);
  const given = ask.from(from);
  const fittings = fittingsOf(offersIn(doc), refusesEdges, (offer) => tryOfferJoined(offer, given));
  return ranked(fittings, usuallyNext[ask.category(from.node)]);
}

/** Common shapes of images and vectors, with which layers before an input are tried. */
const trials: readonly Shape[] = [[16, 16, 16], [64], [1, 28, 28], [3, 224, 224]];

const tried = new WeakMap<Offer, readonly Shape[]>();

/** Output shapes of a layer for these inputs; they do not depend on the network. */
function trialsOf(offer: Offer): readonly Shape[] {
  const before = tried.get(offer);
  if (before !== undefined) return before;
  const from = offer.title.en;
  const shapes = trials.flatMap((shape) => {
    const given = tryOffer(offer, { shape, from }).outputs?.[firstOutput(offer)];
    return given === undefined ? [] : [given];
  });
  tried.set(offer, shapes);
  return shapes;
}

/** Layers that could feed that input: those with an accepted output shape for at least one common input. */
export function layersBefore(doc: NetworkDocument, check: CheckResult, to: EdgeEnd): readonly Fitting[] {
  const ask = asker(doc, check);
  const judged = (offer: Offer): Judgement => {
    const from = offer.title.en;
    let reason: Text | null = null;
    for (const shape of trialsOf(offer)) {
      const wrong = ask.refusal(to, { shape, from });
      if (wrong === null) return { reason: null };
      reason ??= wrong;
    }
    return { reason };
  };
  return ranked(fittingsOf(offersIn(doc), endsThere, judged), usuallyBefore(ask.category(to.node)));
}

/** Layers that could be inserted on that edge. */
export function layersOnEdge(doc: NetworkDocument, check: CheckResult, { from, to }: Edge): readonly Fitting[] {
  const ask = asker(doc, check);
  const source = ask.from(from);
  const judged = (offer: Offer): Judgement => {
    const { outputs, reason, needs } = tryOfferJoined(offer, source);
    return { needs, reason: reason ?? ask.refusal(to, { shape: outputs?.[firstOutput(offer)], from: offer.title.en }) };
  };
  return ranked(fittingsOf(offersIn(doc), noWayThrough, judged), usuallyNext[ask.category(from.node)]);
}

/** Other layers that could replace a node and keep its edges. */
export function layersInPlaceOf(doc: NetworkDocument, check: CheckResult, node: DocumentNode): readonly Fitting[] {
  const ask = asker(doc, check);
  const leaving = doc.edges.filter((edge) => edge.from.node === node.id);
  const entering = doc.edges.filter((edge) => edge.to.node === node.id);
  const given = Object.values(check.nodes.get(node.id)?.inputs ?? {})[0];
  const judged = (offer: Offer): Judgement => {
    const { node: next, ports } = replacement(doc, node, offer, given);
    if (entering.some(({ to }) => ports.inputs[to.port] === undefined)) return { reason: cutsEdges(offer) };
    if (leaving.some(({ from }) => ports.outputs[from.port] === undefined)) return { reason: cutsEdges(offer) };
    const before = (port: string) => Object.keys(ports.inputs).find((old) => ports.inputs[old] === port);
    const [entry, ...more] = entering;
    const single = entry !== undefined && more.length === 0;
    const { outputs, reason, needs } = single
      ? tryJoined((x) => tryNode(doc, next, () => x), ask.from(entry.from))
      : { ...tryNode(doc, next, (port) => ask.into(node.id, before(port) ?? '')), needs: [] };
    const targets = leaving.map(({ from, to }) =>
      ask.refusal(to, { shape: outputs?.[ports.outputs[from.port] ?? ''], from: next.name }),
    );
    return { needs, reason: reason ?? targets.find((wrong) => wrong !== null) ?? null };
  };
  const others = offersIn(doc).filter(({ id }) => id !== node.layer);
  const own = layerIn(doc, node.layer)?.category;
  return ranked(
    fittingsOf(others, () => null, judged),
    own === undefined ? [] : [own],
  );
}

/** All layers, for an empty place on the canvas. */
export const layersAnywhere = (doc: NetworkDocument): readonly Fitting[] =>
  fittingsOf(
    offersIn(doc),
    () => null,
    () => ({ reason: null }),
  );
