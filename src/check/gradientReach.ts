import type { Fix } from '../graph/diagnostic.ts';
import type { DocumentNode } from '../graph/document.ts';
import type { CheckedNode } from './checkedGraph.ts';
import { type Drawing, nodeText } from './drawing.ts';
import { listed } from './fixes.ts';
import type { DraftDiagnostic } from './report.ts';

const frozenCopies = new WeakMap<CheckedNode, CheckedNode>();

function frozenCopy(checked: CheckedNode): CheckedNode {
  if (checked.node.frozen === true) return checked;
  const copy = frozenCopies.get(checked) ?? { ...checked, node: { ...checked.node, frozen: true } };
  frozenCopies.set(checked, copy);
  return copy;
}

/**
 * The layers in order of execution, frozen where no gradient reaches them: ONNX operators without gradient rules, and layers that only
 * lead to these. Otherwise weight decay alone would change their parameters.
 */
export function frozenWithoutGradient(nodes: readonly CheckedNode[]): readonly CheckedNode[] {
  const isEnd = ({ layer }: CheckedNode): boolean => layer.output?.loss !== undefined;
  if (!nodes.some(({ opaque }) => opaque) || !nodes.some(isEnd)) return nodes;
  const reached = new Set<string>();
  for (const checked of nodes.toReversed()) {
    if (checked.opaque || !(isEnd(checked) || reached.has(checked.node.id))) {
      reached.delete(checked.node.id);
      continue;
    }
    for (const { node } of Object.values(checked.from)) reached.add(node);
  }
  return nodes.map((checked) => (isEnd(checked) || reached.has(checked.node.id) ? checked : frozenCopy(checked)));
}

/** Most names in a message. */
const NAMED = 5;

/** Warnings about ONNX operators without gradient rules: layers that only lead to them are not trained. */
export function gradientProblems(drawing: Drawing, used: ReadonlySet<string>): DraftDiagnostic[] {
  const { wiring, inferences, byId, kinds } = drawing;
  const resultOf = (id: string) => {
    const result = inferences.get(id)?.result;
    return result !== undefined && 'outputs' in result ? result : null;
  };
  const order = wiring.order.filter((id) => used.has(id));
  const operators = order.filter((id) => resultOf(id)?.opaque === true);
  const ends = order.filter((id) => kinds.get(id)?.layer.output?.loss !== undefined);
  if (operators.length === 0 || ends.length === 0) return [];
  const sources = (id: string): string[] => [...(wiring.into.get(id)?.values() ?? [])].map(({ from }) => from.node);
  const reached = upstream(ends, (id) => (operators.includes(id) ? [] : sources(id)));
  const untrained = (id: string): boolean => {
    const trainable = resultOf(id)?.trainable ?? 0;
    return trainable > 0 && byId.get(id)?.frozen !== true && !reached.has(id);
  };
  return operators.flatMap((id): DraftDiagnostic[] => {
    const node = byId.get(id) as DocumentNode;
    const before = upstream([id], sources);
    const layers = order
      .filter((other) => before.has(other) && untrained(other))
      .map((other) => byId.get(other) as DocumentNode);
    if (layers.length === 0) return [];
    const { en, zh } = nodeText(node, kinds.get(id)?.layer);
    const names = layers.map(({ name }) => `“${name}”`);
    const [shown, rest] = [names.slice(0, NAMED), names.length - NAMED];
    const more = rest > 0 ? [`${rest} more`] : [];
    return [
      {
        severity: 'warning',
        code: 'no-gradient',
        node: id,
        port: null,
        message: {
          en: `${en} has no gradient in Netloom, so layers that only lead to it are not trained: ${listed([...shown, ...more], ' and ')}.`,
          zh: `${zh}在 Netloom 中没有梯度，因此只通向它的层不会被训练：${shown.join('、')}${rest > 0 ? ` 等 ${names.length} 层` : ''}。`,
        },
        fixes: drawing.offering ? [freeze(layers)] : [],
      },
    ];
  });
}

/** The nodes, and all nodes that lead to them. */
function upstream(from: readonly string[], sources: (id: string) => readonly string[]): ReadonlySet<string> {
  const found = new Set(from);
  for (const id of found) for (const source of sources(id)) found.add(source);
  return found;
}

const freeze = (layers: readonly DocumentNode[]): Fix => ({
  title:
    layers.length === 1
      ? { en: `Freeze “${layers[0]?.name}”`, zh: `冻结“${layers[0]?.name}”` }
      : { en: 'Freeze these layers', zh: '冻结这些层' },
  edits: layers.map(({ id }) => ({ kind: 'setFrozen', node: id, frozen: true })),
});
