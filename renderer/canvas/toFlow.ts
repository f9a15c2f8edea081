import type { Edge as FlowEdge, Node as FlowNode } from '@xyflow/react';
import { type Card, cardOf } from '../../src/check/card.ts';
import type { CheckResult } from '../../src/check/checkedGraph.ts';
import type { NetworkDocument } from '../../src/graph/document.ts';
import { shapeText } from '../../src/layers/config.ts';
import type { Language, Text } from '../../src/text.ts';
import { CARD } from './placement.ts';

/** All that a card shows: values that compare equal as JSON draw the same. */
export interface LayerNodeData extends Card, Record<string, unknown> {
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
  const diagnostics = check.nodes.get(node.id)?.diagnostics ?? [];
  return {
    ...cardOf(doc, check, node),
    severity: diagnostics.some(({ severity }) => severity === 'error')
      ? 'error'
      : diagnostics.length
        ? 'warning'
        : null,
    messages: diagnostics.map(({ message }) => message),
  };
}

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
