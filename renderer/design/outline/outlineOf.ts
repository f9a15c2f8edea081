import type { CheckResult } from '../../../src/check/checkedGraph.ts';
import { layerIn } from '../../../src/check/faces.ts';
import { readWiring } from '../../../src/check/order.ts';
import { outputTexts } from '../../../src/check/outputText.ts';
import type { Edge, NetworkDocument } from '../../../src/graph/document.ts';
import type { Category } from '../../../src/layers/layer.ts';
import { same, type Text } from '../../../src/text.ts';
import { isProblem, type Severity, worst } from '../../state/problems/problems.ts';

/** Row of the outline for a layer. */
export interface OutlineItem {
  readonly id: string;
  readonly layer: string;
  readonly category: Category | 'unknown';
  readonly kind: Text;
  readonly name: string;
  /** Names of the source layers. */
  readonly from: readonly string[];
  /** Shape of its outputs, or of the input of an output layer; empty while unknown. */
  readonly shape: string;
  readonly params: number;
  readonly problems: number;
  /** Severity of the most severe problem; null without one. */
  readonly severity: Severity | null;
}

/** All layers in data order; those on a cycle come last. */
export function outlineOf(
  doc: Pick<NetworkDocument, 'nodes' | 'blocks' | 'operators'>,
  edges: readonly Edge[],
  check: CheckResult,
): OutlineItem[] {
  const { nodes } = doc;
  const { order, into } = readWiring({ nodes, edges }, () => true);
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const sorted = new Set(order);
  const inOrder = [...order, ...nodes.map(({ id }) => id).filter((id) => !sorted.has(id))];
  return inOrder.flatMap((id) => {
    const node = byId.get(id);
    if (node === undefined) return [];
    const layer = layerIn(doc, node.layer);
    const report = check.nodes.get(id);
    const problems = report?.diagnostics.filter(isProblem) ?? [];
    return {
      id,
      layer: node.layer,
      category: layer?.category ?? 'unknown',
      kind: layer?.title ?? same(node.layer),
      name: node.name,
      from: [...(into.get(id)?.values() ?? [])].flatMap(({ from }) => byId.get(from.node)?.name ?? []),
      shape: report === undefined ? '' : outputTexts(report, layer?.outputs.length === 0).join(', '),
      params: report?.params ?? 0,
      problems: problems.length,
      severity: worst(problems),
    };
  });
}
