import type { Fix } from '../graph/diagnostic.ts';
import type { DocumentNode, MixingConfig } from '../graph/document.ts';
import type { LayerDef } from '../layers/layer.ts';
import type { Text } from '../text.ts';
import type { Ends } from './dataProblems.ts';
import { type Drawing, nodeText } from './drawing.ts';
import { setConfigFix } from './fixes.ts';
import type { DraftDiagnostic } from './report.ts';

/** The problem of a network that cannot be trained with mixed samples; null where there is none. */
export function mixingProblem({ doc: { data }, offering }: Drawing, ends: Ends): DraftDiagnostic | null {
  const { mixing, ...without } = data;
  if (mixing === undefined) return null;
  const found = misfit(mixing, ends);
  if (found === null) return null;
  const off: Fix = {
    title: { en: `Train without ${mixing.type}`, zh: `不使用 ${mixing.type} 训练` },
    edits: [{ kind: 'setData', data: without }],
  };
  return {
    code: 'data-mixing',
    node: found.node,
    port: null,
    message: found.message,
    stops: 'training',
    fixes: offering ? [...found.fixes, off] : [],
  };
}

interface Misfit {
  readonly node: string | null;
  readonly message: Text;
  readonly fixes: readonly Fix[];
}

function misfit({ type }: MixingConfig, { inputs, outputs }: Ends): Misfit | null {
  const [[input, ...otherInputs], [output, ...otherOutputs]] = [inputs, outputs];
  if (input === undefined || output === undefined) return null;
  if (otherInputs.length > 0 || otherOutputs.length > 0) {
    return {
      node: null,
      message: {
        en: `${type} mixes samples of one input and one label, but the network has ${inputs.length} inputs and ${outputs.length} outputs.`,
        zh: `${type} 混合只有一个输入和一个标签的样本，而网络有 ${inputs.length} 个输入和 ${outputs.length} 个输出。`,
      },
      fixes: [],
    };
  }
  if (type === 'CutMix' && input.shape.length !== 3) {
    return {
      node: input.node.id,
      message: {
        en: `CutMix needs images, but input “${input.name}” has the shape ${input.shape.join('×')}. MixUp works on any numbers.`,
        zh: `CutMix 需要图像，而输入“${input.name}”的形状为 ${input.shape.join('×')}。MixUp 适用于任意数值。`,
      },
      fixes: [],
    };
  }
  const { layer, config } = output.inference.kind;
  if (layer.output?.classes?.takesProbabilities(config) === true) return null;
  const { en, zh } = nodeText(output.node, layer);
  return {
    node: output.node.id,
    message: {
      en: `${type} mixes the labels of two samples, so the loss must take probabilities: a Classifier with cross-entropy and no ignored class. ${en} does not.`,
      zh: `${type} 混合两个样本的标签，因此损失函数须接受概率：使用交叉熵且不忽略任何类别的分类输出。${zh}不满足。`,
    },
    fixes: output.answers === 'class' ? [entropyFix(output.node, layer)] : [],
  };
}

const entropyFix = (node: DocumentNode, layer: LayerDef): Fix => ({
  title: { en: 'Use cross-entropy without an ignored class', zh: '使用不忽略类别的交叉熵' },
  edits: [
    ...setConfigFix(node, layer, 'loss', 'crossEntropy').edits,
    ...setConfigFix(node, layer, 'ignoreIndex', -1).edits,
  ],
});
