import type { Diagnostic } from '../graph/diagnostic.ts';
import type { DocumentNode } from '../graph/document.ts';
import { freshName } from '../graph/freshName.ts';

/** True for a valid name; names become part of tensor names, where `/` separates levels. */
const isName = (name: string): boolean => name.trim() === name && name !== '' && !name.includes('/');

/** Problems of names that two nodes share, or that cannot be part of the name of a parameter. */
export function nameProblems(nodes: readonly DocumentNode[]): Omit<Diagnostic, 'severity'>[] {
  const taken = new Set(nodes.map((node) => node.name));
  const seen = new Set<string>();
  return nodes.flatMap((node) => {
    const wrong = !isName(node.name);
    const twice = seen.has(node.name);
    seen.add(node.name);
    if (!wrong && !twice) return [];
    const free = freshName(node.name.replaceAll('/', '-').trim() || node.layer, taken);
    taken.add(free);
    return {
      code: wrong ? 'invalid-name' : 'duplicate-name',
      node: node.id,
      port: null,
      message: wrong
        ? {
            en: `“${node.name}” cannot be a layer name. A name must not be empty, contain “/”, or start or end with a space.`,
            zh: `“${node.name}”不能用作层的名称。名称不能为空，不能含“/”，首尾不能有空格。`,
          }
        : {
            en: `Two layers are named “${node.name}”. Parameters are named after their layer, so rename one of them.`,
            zh: `有两个层都名为“${node.name}”。参数以层命名，请重命名其中一个。`,
          },
      fixes: [
        {
          title: { en: `Rename to “${free}”`, zh: `重命名为“${free}”` },
          edits: [{ kind: 'renameNode' as const, node: node.id, name: free }],
        },
      ],
    };
  });
}
