import { takenIn } from '../check/drawing.ts';
import { layerIn } from '../check/faces.ts';
import {
  type BlockDefinition,
  blockLayer,
  type DocumentNode,
  type EdgeEnd,
  type NetworkDocument,
} from '../graph/document.ts';
import type { Edit } from '../graph/edits.ts';
import { freshName } from '../graph/freshName.ts';
import { isPort } from '../graph/insideDrawing.ts';
import { isInput } from '../layers/input.ts';
import type { Text } from '../text.ts';
import { portsOf } from './connection.ts';

export interface BlockPlan {
  readonly edit: Edit & { readonly kind: 'makeBlock' };
  readonly refused: null;
}
export interface Refusal {
  readonly edit: null;
  readonly refused: Text;
}

const refuse = (en: string, zh: string): Refusal => ({ edit: null, refused: { en, zh } });
const keyOf = ({ node, port }: EdgeEnd): string => `${node}.${port}`;

/**
 * Groups the selected nodes into a block. All edges from one outside output share one input port, all edges from one
 * inside output share one output port; ports without an edge become ports of the block.
 */
export function planBlock(
  doc: NetworkDocument,
  selected: readonly string[],
  title: string,
  exposed: BlockDefinition['exposed'] = [],
): BlockPlan | Refusal {
  const chosen = new Set(selected);
  const nodes = doc.nodes.filter(({ id }) => chosen.has(id));
  if (nodes.length === 0) {
    return refuse('Select the layers to group into a block.', '请先选中要组合为块的层。');
  }
  const end = nodes.find(({ id, layer }) => isInput(layer) || isPort(id) || layerIn(doc, layer)?.output !== undefined);
  if (end !== undefined) {
    return refuse(
      `“${end.name}” is an input or output and cannot be part of a block. Remove it from the selection.`,
      `“${end.name}”是输入或输出，不能放入块中。请从选择中去掉它。`,
    );
  }
  const between = outsideOnTheWay(doc, chosen);
  if (between !== null) {
    return refuse(
      `“${between.name}” is between selected layers. Select it as well.`,
      `“${between.name}”位于选中的层之间。请同时选中它。`,
    );
  }
  const inside = new Set(nodes.map(({ id }) => id));
  const id = freshName('block1', new Set(doc.blocks.map((block) => block.id)));
  const [left, top] = [Math.min(...nodes.map((n) => n.position.x)), Math.min(...nodes.map((n) => n.position.y))];
  const block: BlockDefinition = {
    id,
    title,
    nodes: nodes.map(({ pinned: _, ...node }) => {
      return { ...node, position: { x: node.position.x - left, y: node.position.y - top } };
    }),
    edges: doc.edges.filter(({ from, to }) => inside.has(from.node) && inside.has(to.node)),
    inputs: inputsOf(doc, nodes, inside),
    outputs: outputsOf(doc, nodes, inside),
    exposed: exposed.filter(({ node }) => inside.has(node)),
  };
  const { names, ids } = takenIn(doc);
  const name = freshName('block1', names);
  const at = (axis: 'x' | 'y'): number => nodes.reduce((sum, { position }) => sum + position[axis], 0) / nodes.length;
  const node: DocumentNode = {
    id: freshName(name, ids),
    layer: blockLayer(id),
    name,
    config: {},
    position: { x: Math.round(at('x')), y: Math.round(at('y')) },
  };
  return { edit: { kind: 'makeBlock', block, node }, refused: null };
}

/** A node outside the selection on a path from the selection back to it; the block would be connected to itself. */
function outsideOnTheWay({ nodes, edges }: NetworkDocument, chosen: ReadonlySet<string>): DocumentNode | null {
  const reach = (way: 'down' | 'up'): ReadonlySet<string> => {
    const reached = new Set<string>();
    const ends = edges.map(({ from, to }): readonly [string, string] =>
      way === 'down' ? [from.node, to.node] : [to.node, from.node],
    );
    const begin = ends.flatMap(([a, b]) => (chosen.has(a) && !chosen.has(b) ? [b] : []));
    for (const id of begin) reached.add(id);
    for (const id of reached) for (const [a, b] of ends) if (a === id && !chosen.has(b)) reached.add(b);
    return reached;
  };
  const [after, before] = [reach('down'), reach('up')];
  return nodes.find(({ id }) => after.has(id) && before.has(id)) ?? null;
}

function inputsOf(
  doc: NetworkDocument,
  nodes: readonly DocumentNode[],
  inside: ReadonlySet<string>,
): BlockDefinition['inputs'] {
  const ports = new Map<string, EdgeEnd[]>();
  for (const node of nodes) {
    for (const port of portsOf(doc, node).inputs) {
      const to = { node: node.id, port };
      const edge = doc.edges.find((candidate) => keyOf(candidate.to) === keyOf(to));
      if (edge !== undefined && inside.has(edge.from.node)) continue;
      const source = edge === undefined ? `open ${keyOf(to)}` : keyOf(edge.from);
      ports.set(source, [...(ports.get(source) ?? []), to]);
    }
  }
  return named('x', [...ports.values()]).map(([name, to]) => ({ name, to }));
}

function outputsOf(
  doc: NetworkDocument,
  nodes: readonly DocumentNode[],
  inside: ReadonlySet<string>,
): BlockDefinition['outputs'] {
  const ends = nodes.flatMap((node) => portsOf(doc, node).outputs.map((port): EdgeEnd => ({ node: node.id, port })));
  const given = ends.filter((end) => {
    const leaving = doc.edges.filter(({ from }) => keyOf(from) === keyOf(end));
    return leaving.length === 0 || leaving.some(({ to }) => !inside.has(to.node));
  });
  return named('y', given).map(([name, from]) => ({ name, from }));
}

/** Names for the items: `x` for a single one, else `x1`, `x2`, … */
const named = <T>(base: string, items: readonly T[]): readonly (readonly [string, T])[] =>
  items.map((item, i) => [items.length === 1 ? base : `${base}${i + 1}`, item]);
