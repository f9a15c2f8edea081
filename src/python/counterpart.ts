import type { CheckedGraph } from '../check/checkedGraph.ts';
import { UserError } from '../text.ts';
import type { Library } from './draft.ts';

/** Throws UserError, which names the layer, for a network with layers that the library of that name does not have. */
export function expectCounterparts({ nodes }: CheckedGraph, { form }: Library, library: string): void {
  const [first, ...others] = nodes.filter((node) => form(node).kind === 'missing');
  if (first === undefined) return;
  const { name } = first.node;
  const { en, zh } = first.layer.title;
  const more =
    others.length === 0
      ? { en: '', zh: '' }
      : { en: ` (and ${others.length} more)`, zh: `（另有 ${others.length} 个）` };
  throw new UserError({
    en: `“${name}” (${en})${more.en} has no counterpart in ${library}. Replace or remove it, or export the network as ONNX.`,
    zh: `“${name}”（${zh}）${more.zh}在 ${library} 中没有对应的层。请将其替换或删除，或将网络导出为 ONNX。`,
  });
}
