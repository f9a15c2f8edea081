import type { CheckedGraph } from '../check/checkedGraph.ts';
import { initialParameters } from '../compile/initialize.ts';
import { needMemory, weightBytes } from '../engine/memory.ts';
import { checkedGraph } from '../engine/network.ts';
import type { OpenedProject } from '../engine/projectFile.ts';
import type { Tensors } from '../engine/session.ts';
import { fittingWeights, readWeights } from '../engine/weights.ts';
import { UserError } from '../text.ts';
import type { Output } from './output.ts';

/**
 * The network of a project with its trained weights. If the file has none, uses random initial weights and prints a
 * note.
 */
export function withWeights(
  project: OpenedProject,
  file: string,
  output: Output,
): { graph: CheckedGraph; weights: Tensors; initial: readonly string[] } {
  const graph = checkedGraph(project.document);
  const initial = () => {
    needMemory(weightBytes(graph));
    return initialParameters(graph, project.document.recipe.seed);
  };
  if (project.notice !== null) output.note(project.notice);
  if (project.weights === null) {
    const weights = initial();
    if (weights.size > 0) {
      output.note({
        en: `“${file}” contains no trained weights: using random initial weights. Train first: netloom train ${file} -o OUT.netloom`,
        zh: `“${file}”不含训练好的权重：使用随机初始权重。请先训练：netloom train ${file} -o OUT.netloom`,
      });
    }
    return { graph, weights, initial: [...weights.keys()] };
  }
  const held = readWeights(project.weights, `${file}/weights.safetensors`);
  const { weights, missing } = fittingWeights(graph, held, initial);
  if (missing.length > 0) {
    throw new UserError({
      en: `The weights in “${file}” do not fit its network: ${missing.join(', ')} missing or of a different shape. Train it again: netloom train ${file} -o OUT.netloom`,
      zh: `“${file}”中的权重与网络不符：${missing.join('、')} 缺失或形状不同。请重新训练：netloom train ${file} -o OUT.netloom`,
    });
  }
  return { graph, weights, initial: missing };
}
