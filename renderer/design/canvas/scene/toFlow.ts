import { type Edge as FlowEdge, type Node as FlowNode, type NodeHandle, Position as Side } from '@xyflow/react';
import type { Position } from '../../../../src/graph/document.ts';
import { areaAt, portPoint } from '../../../../src/layout/card.ts';
import { placeLabels } from '../../../../src/layout/labels.ts';
import type { Language } from '../../../../src/text.ts';
import { type CardNeighbors, describeCard, nameCard } from '../cards/describeCard.ts';
import type { Live } from './live.ts';
import type { CardContent, Scene, SceneCard, SceneEdge } from './scene.ts';

export interface EdgeData extends Record<string, unknown> {
  readonly edge: SceneEdge;
  /** True if the edge belongs to a selected card. */
  readonly near: boolean;
  /** Center of the label; null if there is no space for it. */
  readonly label: Position | null;
}

export type LayerFlowNode = FlowNode<CardContent, 'layer'>;
export type ShapeFlowEdge = FlowEdge<EdgeData, 'shape'>;

export interface Flow {
  readonly nodes: readonly LayerFlowNode[];
  readonly edges: readonly ShapeFlowEdge[];
}

interface SelectedIds {
  readonly nodes: readonly string[];
  readonly edges: readonly string[];
}

/** Side of a port's mark. */
export const PORT = 8;

const handlesOf = new WeakMap<CardContent, NodeHandle[]>();

/** Port positions of a card. With them, React Flow does not need to measure elements. */
function handles(content: CardContent): NodeHandle[] {
  const known = handlesOf.get(content);
  if (known !== undefined) return known;
  const { direction, inputs, outputs, size } = content;
  const area = areaAt({ x: 0, y: 0 }, size);
  const sides = direction === 'down' ? [Side.Top, Side.Bottom] : [Side.Left, Side.Right];
  const [before, after] = sides as [Side, Side];
  const handle = (side: 'input' | 'output', ports: readonly string[]) => (port: string, index: number) => {
    const { x, y } = portPoint(area, direction, side, index, ports.length);
    const position = side === 'input' ? before : after;
    const type = side === 'input' ? 'target' : 'source';
    return { id: port, type, position, x: x - PORT / 2, y: y - PORT / 2, width: PORT, height: PORT } as const;
  };
  const made = [...inputs.map(handle('input', inputs)), ...outputs.map(handle('output', outputs))];
  handlesOf.set(content, made);
  return made;
}

function flowNode(
  { node, content }: SceneCard,
  at: CardNeighbors,
  selected: boolean,
  language: Language,
): LayerFlowNode {
  const { id, position } = node;
  const state = { expanded: content.inside !== null, messages: content.messages };
  return {
    id,
    type: 'layer',
    position,
    data: content,
    selected,
    // The size is known, so React Flow does not measure it first.
    width: content.size.width,
    height: content.size.height,
    measured: content.size,
    handles: handles(content),
    ariaLabel: nameCard(content)[language],
    domAttributes: { 'aria-description': describeCard(content, at, state)[language] },
  };
}

/** Neighbors of each rendered card, including those on painted edges. */
function connectedTo({ cards }: Live, { edges }: Pick<Scene, 'edges'>): ReadonlyMap<string, CardNeighbors> {
  const at = new Map(
    cards.map(({ node }) => [node.id, { from: [], to: [] } as { from: CardNeighbors['from'][number][]; to: string[] }]),
  );
  for (const { edge, from, to } of edges.values()) {
    at.get(edge.to.node)?.from.push({ port: edge.to.port, name: from.content.name });
    at.get(edge.from.node)?.to.push(to.content.name);
  }
  return at;
}

function flowEdge(data: EdgeData, selected: boolean): ShapeFlowEdge {
  const { edge, from, to } = data.edge;
  return {
    id: edge.id,
    type: 'shape',
    source: edge.from.node,
    sourceHandle: edge.from.port,
    target: edge.to.node,
    targetHandle: edge.to.port,
    data,
    selected,
    ariaLabel: `${from.content.name} → ${to.content.name}`,
  };
}

const samePlace = (a: Position | null, b: Position | null): boolean => a?.x === b?.x && a?.y === b?.y;

/** The rendered part of the scene for React Flow. Unchanged items are the same objects as in `before`. */
export function toFlow(
  scene: Pick<Scene, 'edges'>,
  live: Live,
  selection: SelectedIds,
  language: Language,
  before: Flow | null,
): Flow {
  const oldNodes = new Map(before?.nodes.map((node) => [node.id, node]));
  const oldEdges = new Map(before?.edges.map((edge) => [edge.id, edge]));
  const [selectedNodes, selectedEdges] = [new Set(selection.nodes), new Set(selection.edges)];
  const connected = connectedTo(live, scene);
  const nodes = live.cards.map((card): LayerFlowNode => {
    const { id, position } = card.node;
    const selected = selectedNodes.has(id);
    const old = oldNodes.get(id);
    const fresh = flowNode(card, connected.get(id) ?? { from: [], to: [] }, selected, language);
    const same = old?.data === fresh.data && old.position === position && old.selected === selected;
    const description = ({ ariaLabel, domAttributes }: LayerFlowNode) =>
      `${ariaLabel} ${domAttributes?.['aria-description']}`;
    return old !== undefined && same && description(old) === description(fresh) ? old : fresh;
  });
  const places = placeLabels(
    live.edges.map(({ label, points, content }) => ({ label, points, shape: content.shape })),
    live.cards.map(({ area }) => area),
  );
  const edges = live.edges.map((edge, i): ShapeFlowEdge => {
    const { id, from, to } = edge.edge;
    const selected = selectedEdges.has(id);
    const data = { edge, near: selectedNodes.has(from.node) || selectedNodes.has(to.node), label: places[i] ?? null };
    const old = oldEdges.get(id);
    const same =
      old?.data?.edge === edge &&
      old.data.near === data.near &&
      samePlace(old.data.label, data.label) &&
      old.selected === selected;
    return old !== undefined && same ? old : flowEdge(data, selected);
  });
  return { nodes, edges };
}
