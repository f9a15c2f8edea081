import type { Edge as FlowEdge, Node as FlowNode } from '@xyflow/react';
import type { CheckResult } from '../../src/check/checkedGraph.ts';
import type { NetworkDocument } from '../../src/graph/document.ts';
import { readConfig, shapeText } from '../../src/layers/config.ts';
import { layerOf } from '../../src/layers/index.ts';
import { type Category, inputPorts } from '../../src/layers/layer.ts';
import { type Language, same, type Text } from '../../src/text.ts';
import { CARD } from './placement.ts';

/** All that a card shows: values that compare equal as JSON draw the same. */
export interface LayerNodeData extends Record<string, unknown> {
  readonly layer: string;
  /** `unknown` for a type that this version does not have. */
  readonly category: Category | 'unknown';
  readonly kind: Text;
  readonly name: string;
  readonly summary: Text;
  readonly shape: string;
  readonly params: number;
  readonly frozen: boolean;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly severity: 'error' | 'warning' | null;
  readonly messages: readonly Text[];
}

export interface ShapeEdgeData extends Record<string, unknown> {
  readonly shape: string;
  readonly severity: 'error' | 'warning' | null;
}

export type LayerFlowNode = FlowNode<LayerNodeData, 'layer'>;
export type ShapeFlowEdge = FlowEdge<ShapeEdgeData, 'shape'>;

export interface Flow {
  readonly nodes: readonly LayerFlowNode[];
  readonly edges: readonly ShapeFlowEdge[];
}

interface Chosen {
  readonly nodes: readonly string[];
  readonly edges: readonly string[];
}

const equal = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

function nodeData(doc: NetworkDocument, check: CheckResult, index: number): LayerNodeData {
  const node = doc.nodes[index] as NetworkDocument['nodes'][number];
  const layer = layerOf(node.layer);
  const report = check.nodes.get(node.id);
  const diagnostics = report?.diagnostics ?? [];
  const { config } = readConfig(layer?.config ?? {}, node.config);
  // A network's end gives nothing on; what it takes is its shape.
  const shape =
    Object.values(report?.outputs ?? {})[0] ??
    (layer?.outputs.length ? undefined : Object.values(report?.inputs ?? {})[0]);
  return {
    layer: node.layer,
    category: layer?.category ?? 'unknown',
    kind: layer?.title ?? same(node.layer),
    name: node.name,
    summary: layer?.summary(config) ?? same(''),
    shape: shape === undefined ? '' : shapeText(shape),
    params: report?.params ?? 0,
    frozen: node.frozen ?? false,
    inputs: layer === undefined ? portsOf(doc, node.id, 'to') : inputPorts(layer, config),
    outputs: layer?.outputs ?? portsOf(doc, node.id, 'from'),
    severity: diagnostics.some(({ severity }) => severity === 'error')
      ? 'error'
      : diagnostics.length
        ? 'warning'
        : null,
    messages: diagnostics.map(({ message }) => message),
  };
}

/** An unknown layer has the ports that its wires need. */
const portsOf = (doc: NetworkDocument, id: string, end: 'from' | 'to'): string[] => [
  ...new Set(doc.edges.filter((edge) => edge[end].node === id).map((edge) => edge[end].port)),
];

/**
 * The canvas as React Flow takes it: a projection of document and check, never a second copy. What has not changed
 * since `before` is the very same object, so that only what changed is drawn again.
 */
export function toFlow(
  doc: NetworkDocument,
  check: CheckResult,
  selection: Chosen,
  language: Language,
  before: Flow | null,
): Flow {
  const nameOf = new Map(doc.nodes.map(({ id, name }) => [id, name]));
  const oldNodes = new Map(before?.nodes.map((node) => [node.id, node]));
  const oldEdges = new Map(before?.edges.map((edge) => [edge.id, edge]));
  const nodes = doc.nodes.map(({ id, position }, index): LayerFlowNode => {
    const old = oldNodes.get(id);
    const fresh = nodeData(doc, check, index);
    const data = old && equal(old.data, fresh) ? old.data : fresh;
    const selected = selection.nodes.includes(id);
    const ariaLabel = `${data.kind[language]} ${data.name}`;
    if (old && old.data === data && old.position === position && old.selected === selected) {
      if (old.ariaLabel === ariaLabel) return old;
    }
    return {
      id,
      type: 'layer',
      position,
      data,
      selected,
      // Cards have one size, so nothing waits for measuring.
      width: CARD.width,
      height: CARD.height,
      measured: CARD,
      ariaLabel,
    };
  });
  const edges = doc.edges.map(({ id, from, to }): ShapeFlowEdge => {
    const shape = check.nodes.get(from.node)?.outputs[from.port];
    const blamed = check.nodes.get(to.node)?.diagnostics.find(({ port }) => port === to.port);
    const fresh = { shape: shape === undefined ? '?' : shapeText(shape), severity: blamed?.severity ?? null };
    const old = oldEdges.get(id);
    const data = old?.data && equal(old.data, fresh) ? old.data : fresh;
    const selected = selection.edges.includes(id);
    if (old && old.data === data && old.selected === selected) return old;
    return {
      id,
      type: 'shape',
      source: from.node,
      sourceHandle: from.port,
      target: to.node,
      targetHandle: to.port,
      data,
      selected,
      ariaLabel: `${nameOf.get(from.node)} → ${nameOf.get(to.node)}`,
    };
  });
  return { nodes, edges };
}
