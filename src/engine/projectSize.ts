import type { CheckedGraph } from '../check/checkedGraph.ts';
import { compileTrainStep } from '../compile/trainStep.ts';
import { LARGEST_ZIP } from '../graph/zip.ts';
import { PORTABLE } from '../ir/target.ts';
import { sizeText } from '../sizeText.ts';
import { UserError } from '../text.ts';

/** The weights in a project: those in use, those of the last step, and those of the best epoch. */
const COPIES = 3;

/** Bytes of a project of this network with its run: weights, the optimizer's memory, and little else. */
export function projectBytes(graph: CheckedGraph): number {
  const { weights, memory } = parts(graph);
  return weights + memory;
}

function parts(graph: CheckedGraph): { readonly weights: number; readonly memory: number } {
  const { recipe } = graph.document;
  const { inputs } = compileTrainStep(graph, { ...recipe, batch: recipe.batchSize, target: PORTABLE });
  let [weights, memory] = [0, 0];
  for (const { value, role } of inputs) {
    const bytes = () => 4 * value.shape.reduce<number>((count, size) => count * Number(size), 1);
    if (role.kind === 'state') memory += bytes();
    else if (role.kind === 'parameter' || role.kind === 'buffer') weights += COPIES * bytes();
  }
  return { weights, memory };
}

/** Refuses, before it is trained, a network whose project no zip file could hold. Throws UserError. */
export function checkProjectSize(graph: CheckedGraph, largest: number = LARGEST_ZIP): void {
  const { weights, memory } = parts(graph);
  if (weights + memory <= largest) return;
  const [size, most] = [weights + memory, largest].map(sizeText);
  const optimizer =
    weights <= largest
      ? {
          en: ', or choose an optimizer that remembers less (SGD without momentum)',
          zh: '，或改用占用更少的优化器（不带动量的 SGD）',
        }
      : { en: '', zh: '' };
  throw new UserError({
    en: `With its run this network takes ${size} to save, and a project holds at most ${most}. Make its largest layers smaller${optimizer.en}.`,
    zh: `此网络连同训练记录保存需要 ${size}，而一个项目最多 ${most}。请缩小最大的层${optimizer.zh}。`,
  });
}
