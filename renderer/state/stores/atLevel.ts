import type { Edit } from '../../../src/graph/edits.ts';
import type { Level } from '../../../src/plan/level.ts';

/** Kinds of edits that concern the whole document, from any level. */
const ofDocument = new Set<Edit['kind']>([
  'setRecipe',
  'setData',
  'rename',
  'setDirection',
  'setBlock',
  'renameBlock',
  'removeBlock',
  'editBlock',
]);

/** Edits of a level as edits of the whole document; null for a read-only level. */
export function editsOfRoot(level: Level | undefined, edits: readonly Edit[]): readonly Edit[] | null {
  if (level === undefined) return edits;
  const { block } = level;
  const whole: Edit[] = [];
  let inner: Edit[] = [];
  for (const edit of edits) {
    if (ofDocument.has(edit.kind)) {
      whole.push(edit);
      inner = [];
      continue;
    }
    if (block === null) return null;
    if (inner.length === 0) whole.push({ kind: 'editBlock', block, edits: inner });
    inner.push(edit);
  }
  return whole;
}
