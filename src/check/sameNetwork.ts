import { canonical } from '../graph/canonical.ts';
import {
  type BlockDefinition,
  blockIdOf,
  type Config,
  type DocumentNode,
  type EdgeEnd,
  type NetworkDocument,
  operatorIdOf,
} from '../graph/document.ts';
import { defaultConfig } from '../layers/config.ts';
import { layerIn } from './faces.ts';
import { sameValue } from './sameValue.ts';

type Drawing = Pick<NetworkDocument, 'nodes' | 'edges'>;

/** Compares the definitions that nodes of the two documents refer to. */
interface Comparison {
  sameBlock(a: string, b: string): boolean;
  /** Compares values of `layer`, of which at least one is an ONNX operator. */
  sameOperator(a: string, b: string): boolean;
  sameConfig(a: DocumentNode, b: DocumentNode): boolean;
}

/**
 * True if both documents hold the same network: the same layers under the same names, with the same connections and the
 * same insides of blocks. Weights, optimizer state and results of one are then valid for the other. Ids, positions, notes,
 * titles, written-out defaults and the order of layers do not count, but the order of inputs and outputs does.
 */
export function sameNetwork(a: NetworkDocument, b: NetworkDocument): boolean {
  return a === b || sameDrawing(a, b, comparison(a, b));
}

/** Finds definitions by id, and compares each pair once. */
function comparison(a: NetworkDocument, b: NetworkDocument): Comparison {
  const [ofA, ofB] = [a, b].map(({ blocks }) => new Map(blocks.map((block) => [block.id, block])));
  const known = new Map<string, boolean>();
  const sameBlock: Comparison['sameBlock'] = (idA, idB) => {
    const [one, other] = [ofA?.get(idA), ofB?.get(idB)];
    if (one === other && a.blocks === b.blocks && a.operators === b.operators) return true;
    // Without a definition, only the id can be compared.
    if (one === undefined || other === undefined) return one === other && idA === idB;
    const key = JSON.stringify([idA, idB]);
    const before = known.get(key);
    if (before !== undefined) return before;
    // Blocks that contain each other are assumed equal here; differences show elsewhere.
    known.set(key, true);
    const result = sameDrawing(one, other, compare) && portsOf(one) === portsOf(other);
    known.set(key, result);
    return result;
  };
  const sameConfig: Comparison['sameConfig'] = (one, other) =>
    canonical(one.config) === canonical(other.config) ||
    canonical(wholeConfig(one, a)) === canonical(wholeConfig(other, b));
  const operatorIn = ({ operators = [] }: NetworkDocument, layer: string) => {
    const id = operatorIdOf(layer);
    return operators.find((operator) => operator.id === id);
  };
  const sameOperator: Comparison['sameOperator'] = (one, other) => {
    const { id: idA, ...contentA } = operatorIn(a, one) ?? { id: one };
    const { id: idB, ...contentB } = operatorIn(b, other) ?? { id: other };
    return sameValue(contentA, contentB) && (Object.keys(contentA).length > 0 || idA === idB);
  };
  const compare = { sameBlock, sameOperator, sameConfig };
  return compare;
}

/** The config with all defaults. */
function wholeConfig({ layer, config }: DocumentNode, doc: NetworkDocument): Config {
  return { ...defaultConfig(layerIn(doc, layer)?.config ?? {}), ...config };
}

function sameDrawing(a: Drawing, b: Drawing, compare: Comparison): boolean {
  if (a.nodes.length !== b.nodes.length || a.edges.length !== b.edges.length) return false;
  const byName = new Map(b.nodes.map((node) => [node.name, node]));
  const sameNodes = a.nodes.every((node) => {
    const other = byName.get(node.name);
    return other !== undefined && sameNode(node, other, compare);
  });
  return sameNodes && edgesOf(a) === edgesOf(b) && endsOf(a) === endsOf(b);
}

function sameNode(a: DocumentNode, b: DocumentNode, { sameBlock, sameOperator, sameConfig }: Comparison): boolean {
  if (a === b && blockIdOf(a.layer) === null && operatorIdOf(a.layer) === null) return true;
  const [blockA, blockB] = [blockIdOf(a.layer), blockIdOf(b.layer)];
  const isOperator = operatorIdOf(a.layer) !== null || operatorIdOf(b.layer) !== null;
  const sameKind = isOperator ? sameOperator(a.layer, b.layer) : a.layer === b.layer;
  const sameLayer = blockA === null || blockB === null ? sameKind : sameBlock(blockA, blockB);
  return (
    sameLayer &&
    (a.frozen ?? false) === (b.frozen ?? false) &&
    (a.renewed ?? 0) === (b.renewed ?? 0) &&
    (a.repeat ?? 1) === (b.repeat ?? 1) &&
    sameConfig(a, b)
  );
}

/** Ends of edges, with names of nodes instead of ids. */
function namedEnd({ nodes }: Drawing): (end: EdgeEnd | undefined) => readonly unknown[] {
  const names = new Map(nodes.map(({ id, name }) => [id, name]));
  return (end) => (end === undefined ? [] : [names.get(end.node) ?? null, end.port]);
}

function edgesOf(drawing: Drawing): string {
  const named = namedEnd(drawing);
  return JSON.stringify(drawing.edges.map(({ from, to }) => JSON.stringify([named(from), named(to)])).sort());
}

/** Inputs and outputs of the network, in their order: the first output is the one whose accuracy is reported. */
function endsOf({ nodes, edges }: Drawing): string {
  const [fed, used] = [new Set(edges.map(({ to }) => to.node)), new Set(edges.map(({ from }) => from.node))];
  const without = (connected: ReadonlySet<string>) =>
    nodes.filter(({ id }) => !connected.has(id)).map(({ name }) => name);
  return JSON.stringify([without(fed), without(used)]);
}

/** Ports and exposed settings of a block, by the names of the nodes inside, without labels and positions. */
function portsOf(block: BlockDefinition): string {
  const named = namedEnd(block);
  const names = new Map(block.nodes.map(({ id, name }) => [id, name]));
  const sorted = (rows: readonly unknown[]) => rows.map((row) => JSON.stringify(row)).sort();
  return JSON.stringify([
    sorted(block.inputs.map(({ name, to }) => [name, sorted(to.map(named))])),
    sorted(block.outputs.map(({ name, from }) => [name, named(from)])),
    sorted(block.exposed.map(({ key, node, field }) => [key, names.get(node) ?? null, field])),
  ]);
}
