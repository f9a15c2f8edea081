import { layerIn } from '../check/faces.ts';
import {
  type BlockDefinition,
  blockIdOf,
  type DocumentNode,
  type EdgeEnd,
  type NetworkDocument,
} from '../graph/document.ts';
import type { LayerDef } from '../layers/layer.ts';

/** A layer of the head: it has weights and lies between the body and an output. */
export interface HeadLayer {
  readonly node: DocumentNode;
  /** The blocks of the document around the layer, outermost first: the node and its definition. */
  readonly around: readonly Surrounding[];
  /** Config key of the number of outputs; null for a layer that keeps the number, such as a normalization. */
  readonly key: string | null;
}

export interface Surrounding {
  readonly node: DocumentNode;
  readonly block: BlockDefinition;
}

export interface Head {
  /** The output layer, a node of the drawing. */
  readonly output: DocumentNode;
  /** Empty if no layer determines the number of outputs alone. */
  readonly layers: readonly HeadLayer[];
}

/** Path of a layer, as in the names of its weights: `classifier/fc`. */
export const pathOf = ({ node, around }: Pick<HeadLayer, 'node' | 'around'>): string =>
  [...around.map((each) => each.node.name), node.name].join('/');

/** The head of every output layer: the last layers with weights, which determine the number of its inputs. */
export function headsOf(doc: NetworkDocument): readonly Head[] {
  return doc.nodes
    .filter(({ layer }) => layerIn(doc, layer)?.output !== undefined)
    .map((output) => {
      const found = new Map<string, HeadLayer>();
      const whole = doc.edges
        .filter(({ to }) => to.node === output.id)
        .map(({ from }) => collect(doc, [], from, found))
        .every(Boolean);
      return { output, layers: whole ? [...found.values()] : [] };
    });
}

const drawingIn = (doc: NetworkDocument, around: readonly Surrounding[]): Pick<NetworkDocument, 'nodes' | 'edges'> =>
  around.at(-1)?.block ?? doc;

/** True if the block is used once, so that a change inside it concerns no other part of the network. */
function isSingle(doc: NetworkDocument, { layer, repeat = 1 }: DocumentNode): boolean {
  const uses = [doc.nodes, ...doc.blocks.map(({ nodes }) => nodes)].flat().filter((other) => other.layer === layer);
  return uses.length === 1 && repeat === 1;
}

/** Adds the layers of the head upstream of `end`. Returns false if another kind of layer is in the way. */
function collect(
  doc: NetworkDocument,
  around: readonly Surrounding[],
  end: EdgeEnd,
  found: Map<string, HeadLayer>,
): boolean {
  const { nodes, edges } = drawingIn(doc, around);
  const node = nodes.find(({ id }) => id === end.node);
  const layer = node && layerIn(doc, node.layer);
  if (node === undefined || layer === undefined) return false;
  const key = layer.featuresKey ?? null;
  const block = doc.blocks.find(({ id }) => id === blockIdOf(node.layer));
  if (block !== undefined) {
    const from = block.outputs.find(({ name }) => name === end.port)?.from;
    return from !== undefined && isSingle(doc, node) && collect(doc, [...around, { node, block }], from, found);
  }
  if (key !== null || layer.params !== undefined)
    found.set([...around, { node }].map((a) => a.node.id).join('/'), { node, around, key });
  if (key !== null) return true;
  if (!passesOn(layer)) return false;
  const into = edges.filter(({ to }) => to.node === node.id);
  const entering = around.length === 0 ? [] : portsInto(around, node.id);
  return (
    into.length + entering.length > 0 &&
    [
      ...into.map(({ from }) => collect(doc, around, from, found)),
      ...entering.map((port) => outside(doc, around, port, found)),
    ].every(Boolean)
  );
}

/** True for a layer that neither mixes features nor changes their number, apart from leaving out axes of size 1. */
const passesOn = (layer: LayerDef): boolean =>
  layer.keepsFeatures === true || layer.reshapes === true || layer.category === 'merge';

function portsInto(around: readonly Surrounding[], node: string): readonly string[] {
  const { block } = around.at(-1) as Surrounding;
  return block.inputs.flatMap(({ name, to }) => (to.some((end) => end.node === node) ? [name] : []));
}

/** Continues upstream of an input port of the innermost block. */
function outside(
  doc: NetworkDocument,
  around: readonly Surrounding[],
  port: string,
  found: Map<string, HeadLayer>,
): boolean {
  const outer = around.slice(0, -1);
  const { node } = around.at(-1) as Surrounding;
  const edge = drawingIn(doc, outer).edges.find(({ to }) => to.node === node.id && to.port === port);
  if (edge !== undefined) return collect(doc, outer, edge.from, found);
  return outer.length > 0 && portsInto(outer, node.id).every((each) => outside(doc, outer, each, found));
}
