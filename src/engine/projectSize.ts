import type { CheckedGraph } from '../check/checkedGraph.ts';
import { compileTrainStep } from '../compile/trainStep.ts';
import { LARGEST_ZIP } from '../graph/zip.ts';
import { PORTABLE } from '../ir/target.ts';
import { sizeText } from '../sizeText.ts';
import { UserError } from '../text.ts';

/** A project contains the weights three times: current, last step and best epoch. */
const COPIES = 3;

/** Approximate size in bytes of a project with its run: weights and optimizer state. */
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

/** Throws UserError, before training, if the project would exceed the limit of zip files. */
export function checkProjectSize(graph: CheckedGraph, largest: number = LARGEST_ZIP): void {
  const { weights, memory } = parts(graph);
  if (weights + memory <= largest) return;
  const [size, most] = [weights + memory, largest].map(sizeText);
  const optimizer =
    weights <= largest
      ? {
          en: ', or use an optimizer with less state (SGD without momentum)',
          zh: '，或改用状态更少的优化器（不带动量的 SGD）',
        }
      : { en: '', zh: '' };
  throw new UserError({
    en: `Saving this network with its run needs ${size}, but the maximum size of a project is ${most}. Make its largest layers smaller${optimizer.en}.`,
    zh: `保存此网络及其训练需要 ${size}，而项目大小上限为 ${most}。请缩小最大的层${optimizer.zh}。`,
  });
}
