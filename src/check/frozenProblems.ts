import type { Fix } from '../graph/diagnostic.ts';
import type { DocumentNode } from '../graph/document.ts';
import type { Drawing } from './drawing.ts';
import type { Found } from './report.ts';

/** A network whose layers with parameters are all frozen: training would change nothing. */
export function frozenProblems({ wiring, byId, inferences, offering }: Drawing, used: ReadonlySet<string>): Found[] {
  const frozen: DocumentNode[] = [];
  for (const id of wiring.order) {
    const node = byId.get(id);
    const result = inferences.get(id)?.result;
    if (node === undefined || !used.has(id)) continue;
    // A layer that is not understood yet may have parameters.
    if (result === undefined || 'problems' in result) return [];
    if (result.size === 0) continue;
    if (node.frozen !== true && result.trainable > 0) return [];
    // Layers that are frozen inside a block are unfrozen there.
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
        en: 'All layers with parameters are frozen: training would change nothing. Unfreeze at least one.',
        zh: '所有含参数的层都已冻结：训练不会改变任何参数。请至少解冻一层。',
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
        ? { en: `Unfreeze '${name}'`, zh: `解冻“${name}”` }
        : { en: 'Unfreeze all layers', zh: '解冻所有层' },
    edits: nodes.map(({ id }) => ({ kind: 'setFrozen', node: id, frozen: false })),
  };
}
