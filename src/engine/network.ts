import { check } from '../check/check.ts';
import type { CheckedGraph } from '../check/checkedGraph.ts';
import type { Dataset } from '../data/dataset.ts';
import { type Split, stratifiedSplit } from '../data/split.ts';
import type { DataConfig, NetworkDocument } from '../graph/document.ts';
import { UserError } from '../text.ts';

/** The checked graph of a document, or a UserError that tells its first problem. */
export function checkedGraph(document: NetworkDocument): CheckedGraph {
  const { graph, diagnostics } = check(document);
  if (graph !== null) return graph;
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const first = errors[0]?.message ?? { en: '', zh: '' };
  const more = errors.length - 1;
  throw new UserError({
    en: `The network has ${errors.length === 1 ? 'a problem' : `${errors.length} problems`}: ${first.en}${more > 0 ? ' …' : ''}`,
    zh: `网络有 ${errors.length} 个问题：${first.zh}${more > 0 ? '…' : ''}`,
  });
}

/** The samples to train on and those held back, as the document's data settings say. */
export const splitOf = (data: Dataset, { validation, splitSeed }: DataConfig): Split =>
  stratifiedSplit(data.labels, validation, splitSeed);

/** Refuses data whose samples or classes do not fit the network's input and output. */
export function fitData({ nodes }: CheckedGraph, data: Dataset): void {
  const inputs = nodes.filter(({ layer }) => layer.inputs.length === 0);
  const outputs = nodes.filter(({ layer }) => layer.output !== undefined);
  const [input, output] = [inputs[0], outputs[0]];
  if (input === undefined || output === undefined || inputs.length > 1 || outputs.length > 1) {
    throw new UserError({
      en: `The data '${data.name}' has one image and one label a sample, but the network has ${inputs.length} inputs and ${outputs.length} outputs. Keep one of each.`,
      zh: `数据“${data.name}”的每个样本有一张图像和一个标签，而网络有 ${inputs.length} 个输入和 ${outputs.length} 个输出。请各保留一个。`,
    });
  }
  const shape = Object.values(input.outputs)[0] ?? [];
  if (shape.join() !== data.shape.join()) {
    const [has, takes] = [data.shape.join('×'), shape.join('×')];
    throw new UserError({
      en: `Samples of '${data.name}' are ${has}, but '${input.node.name}' takes ${takes}. Set its shape to ${has}, or choose other data.`,
      zh: `“${data.name}”的样本为 ${has}，而“${input.node.name}”接收 ${takes}。请把它的形状设为 ${has}，或换用其他数据。`,
    });
  }
  if (output.layer.output?.target(output.inputs, output.config).dtype !== 'int64') {
    throw new UserError({
      en: `'${data.name}' names one class a sample, but '${output.node.name}' (${output.layer.title.en}) takes numbers as answers. End the network in a Classifier, or choose other data.`,
      zh: `“${data.name}”的每个样本标注一个类别，而“${output.node.name}”（${output.layer.title.zh}）的答案是数值。请以分类输出结束网络，或换用其他数据。`,
    });
  }
  const classes = Object.values(output.inputs)[0]?.[0] ?? 0;
  if (classes < data.classes) {
    throw new UserError({
      en: `'${data.name}' has ${data.classes} classes, but '${output.node.name}' tells ${classes} apart. Set its classes to ${data.classes}, or choose other data.`,
      zh: `“${data.name}”有 ${data.classes} 个类别，而“${output.node.name}”只区分 ${classes} 个。请把类别数设为 ${data.classes}，或换用其他数据。`,
    });
  }
}
