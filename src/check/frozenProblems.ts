import type { Fix } from '../graph/diagnostic.ts';
import type { DocumentNode } from '../graph/document.ts';
import type { Drawing } from './drawing.ts';
import type { DraftDiagnostic } from './report.ts';

/** The problem of a network in which all layers with parameters are frozen, so training changes nothing. */
export function frozenProblems(
  { wiring, byId, inferences, offering }: Drawing,
  used: ReadonlySet<string>,
): DraftDiagnostic[] {
  const frozen: DocumentNode[] = [];
  for (const id of wiring.order) {
    const node = byId.get(id);
    const result = inferences.get(id)?.result;
    if (node === undefined || !used.has(id)) continue;
    // A layer with a problem may have parameters.
    if (result === undefined || 'problems' in result) return [];
    if (result.size === 0) continue;
    if (node.frozen !== true && result.trainable > 0) return [];
    // Layers frozen inside a block have to be unfrozen inside it.
    if (node.frozen === true && result.trainable > 0) frozen.push(node);
  }
  const last = frozen.at(-1);
  if (last === undefined) return [];
  return [
    {
      code: 'all-frozen',
      node: last.id,
      port: null,
      message: {
        en: 'All layers with parameters are frozen, so training changes nothing. Unfreeze at least one layer.',
        zh: '所有含参数的层都已冻结，因此训练不会改变任何参数。请至少解冻一层。',
      },
      fixes: offering ? [unfreeze([last]), ...(frozen.length > 1 ? [unfreeze(frozen)] : [])] : [],
    },
  ];
}

function unfreeze(nodes: readonly DocumentNode[]): Fix {
  const [{ name = '' } = {}] = nodes;
  return {
    title:
      nodes.length === 1
        ? { en: `Unfreeze “${name}”`, zh: `解冻“${name}”` }
        : { en: 'Unfreeze all layers', zh: '解冻所有层' },
    edits: nodes.map(({ id }) => ({ kind: 'setFrozen', node: id, frozen: false })),
  };
}
