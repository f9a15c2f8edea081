import type { Diagnostic } from '../graph/diagnostic.ts';
import type { DocumentNode } from '../graph/document.ts';
import { freshName } from '../graph/freshName.ts';

/** A name becomes part of tensor names, where `/` separates levels. */
const isName = (name: string): boolean => name.trim() === name && name !== '' && !name.includes('/');

/** Names that two nodes share, or that cannot be part of a parameter's name. */
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
            en: `'${node.name}' cannot be the name of a layer: a name is not empty, has no '/' and no blanks around it.`,
            zh: `“${node.name}”不能作层的名称：名称不能为空，不能含“/”，首尾不能有空格。`,
          }
        : {
            en: `Two layers are named '${node.name}'; parameters are named after layers, so names have to differ.`,
            zh: `有两个层都叫“${node.name}”；参数以层命名，所以名称不能相同。`,
          },
      fixes: [
        {
          title: { en: `Rename to '${free}'`, zh: `改名为“${free}”` },
          edits: [{ kind: 'renameNode' as const, node: node.id, name: free }],
        },
      ],
    };
  });
}
