import type { CheckResult } from '../check/checkedGraph.ts';
import { layerIn } from '../check/faces.ts';
import type { DocumentNode, Edge, EdgeEnd, NetworkDocument } from '../graph/document.ts';
import type { Category, NewLayer, Shape } from '../layers/layer.ts';
import type { Offer } from '../layers/presets.ts';
import type { Text } from '../text.ts';
import { offersIn } from './offers.ts';
import { replacement } from './replace.ts';
import { type Given, type Joined, type Outcome, tryJoined, tryNode, tryOffer, tryOfferJoined } from './trial.ts';

/** An offer for a certain place. */
export interface Fitting extends Offer {
  /** Whether it can be put there at all. */
  readonly possible: boolean;
  /** Possible, and every shape that is known fits, with the layers that it needs. */
  readonly fits: boolean;
  /** Layers that come with it, before it: without them it would not take what it is given. */
  readonly needs: readonly NewLayer[];
  /** Why not, or the sum that would fail. */
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
  blocks: ['blocks', 'pooling', 'activation', 'convolution'],
};

/** The other way round: what usually comes before. */
const usuallyBefore = (category: Category): readonly Category[] =>
  (Object.keys(usuallyNext) as Category[])
    .filter((before) => usuallyNext[before].includes(category))
    .sort((a, b) => usuallyNext[a].indexOf(category) - usuallyNext[b].indexOf(category));

/**
 * What fits first, and of that what needs no other layer. Among those, the first of every usual category, then the others
 * of those categories, then the rest in the order of the palette.
 */
function ranked(fittings: readonly Fitting[], order: readonly Category[]): readonly Fitting[] {
  const good = fittings.filter(({ fits, needs }) => fits && needs.length === 0);
  const of = (category: Category) => good.filter(({ layer }) => layer.category === category);
  const usual = order.map(of);
  const first = usual.flatMap(([best]) => best ?? []);
  return [...new Set([...first, ...usual.flat(), ...good, ...fittings.filter(({ fits }) => fits), ...fittings])];
}

type Judged = Pick<Joined, 'reason'> & Partial<Pick<Joined, 'needs'>>;

/** `impossible` and `judged` say why, when they do. */
function fittingsOf(
  candidates: readonly Offer[],
  impossible: (offer: Offer) => Text | null,
  judged: (offer: Offer) => Judged,
): readonly Fitting[] {
  return candidates.map((offer) => {
    const never = impossible(offer);
    const { reason, needs = [] } = never === null ? judged(offer) : { reason: never };
    return { ...offer, possible: never === null, fits: reason === null, needs, reason };
  });
}

const takesNothing = ({ title }: Offer): Text => ({
  en: `${title.en} begins a network and takes no connection.`,
  zh: `${title.zh}是网络的起点，不接收连线。`,
});
const givesNothing = ({ title }: Offer): Text => ({
  en: `${title.en} ends a network and gives nothing on.`,
  zh: `${title.zh}是网络的终点，没有输出。`,
});

const cutsEdges = ({ title }: Offer): Text => ({
  en: `${title.en} has no port for some of the connections: they would be removed.`,
  zh: `${title.zh}没有端口可接其中的连线：这些连线会被删除。`,
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
  // A node is asked once for each shape, however many layers give it: one that is a block draws its inside for that.
  const asked = new Map<string, Outcome['told']>();
  const answer = (to: EdgeEnd, target: DocumentNode, given: Given): Outcome['told'] => {
    const key = JSON.stringify([to.node, to.port, given.shape]);
    const known = asked.get(key);
    if (known !== undefined) return known;
    const { told } = tryNode(doc, target, (port) => (port === to.port ? given : into(to.node, port)));
    asked.set(key, told);
    return told;
  };
  /** What the node at `to` says when that port is given something else. */
  const refusal = (to: EdgeEnd, given: Given): Text | null => {
    const target = node(to.node);
    if (target === undefined || given.shape === undefined) return null;
    const told = answer(to, target, given);
    return told?.((port) => (port === to.port ? given.from : (into(to.node, port)?.from ?? port))) ?? null;
  };
  const category = (id: string): Category => layerIn(doc, node(id)?.layer ?? '')?.category ?? 'io';
  return { from, into, refusal, category };
}

const firstOutput = ({ layer }: Offer): string => layer.outputs[0] ?? '';
const refusesEdges = (offer: Offer): Text | null => (offer.layer.inputs.length === 0 ? takesNothing(offer) : null);
const endsThere = (offer: Offer): Text | null => (offer.layer.outputs.length === 0 ? givesNothing(offer) : null);
const noWayThrough = (offer: Offer): Text | null => refusesEdges(offer) ?? endsThere(offer);

/** Which layers could take what that output gives. */
export function layersBehind(doc: NetworkDocument, check: CheckResult, from: EdgeEnd): readonly Fitting[] {
  const ask = asker(doc, check);
  const given = ask.from(from);
  const fittings = fittingsOf(offersIn(doc), refusesEdges, (offer) => tryOfferJoined(offer, given));
  return ranked(fittings, usuallyNext[ask.category(from.node)]);
}

/** Images and vectors as they are common: what a layer before an input is tried with. */
const trials: readonly Shape[] = [[16, 16, 16], [64], [1, 28, 28], [3, 224, 224]];

const tried = new WeakMap<Offer, readonly Shape[]>();

/** What a layer gives for those that it takes; the same in every drawing. */
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

/** Which layers could feed that input: those that give what it takes for at least one common input of theirs. */
export function layersBefore(doc: NetworkDocument, check: CheckResult, to: EdgeEnd): readonly Fitting[] {
  const ask = asker(doc, check);
  const judged = (offer: Offer): Judged => {
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

/** Which layers could stand in the middle of that edge. */
export function layersOnEdge(doc: NetworkDocument, check: CheckResult, { from, to }: Edge): readonly Fitting[] {
  const ask = asker(doc, check);
  const source = ask.from(from);
  const judged = (offer: Offer): Judged => {
    const { outputs, reason, needs } = tryOfferJoined(offer, source);
    return { needs, reason: reason ?? ask.refusal(to, { shape: outputs?.[firstOutput(offer)], from: offer.title.en }) };
  };
  return ranked(fittingsOf(offersIn(doc), noWayThrough, judged), usuallyNext[ask.category(from.node)]);
}

/** Which kinds of layer could stand where a node stands, with its edges; its own kind is not among them. */
export function layersInPlaceOf(doc: NetworkDocument, check: CheckResult, node: DocumentNode): readonly Fitting[] {
  const ask = asker(doc, check);
  const leaving = doc.edges.filter((edge) => edge.from.node === node.id);
  const entering = doc.edges.filter((edge) => edge.to.node === node.id);
  const given = Object.values(check.nodes.get(node.id)?.inputs ?? {})[0];
  const judged = (offer: Offer): Judged => {
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

/** Every layer, for a place where nothing is connected yet. */
export const layersAnywhere = (doc: NetworkDocument): readonly Fitting[] =>
  fittingsOf(
    offersIn(doc),
    () => null,
    () => ({ reason: null }),
  );
