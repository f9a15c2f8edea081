import { check } from '../check/check.ts';
import type { CheckedGraph, CheckedNode } from '../check/checkedGraph.ts';
import { trainingStop } from '../check/trainable.ts';
import { outputName, TARGET_INPUT } from '../compile/forward.ts';
import type { Column, Samples } from '../data/batches.ts';
import { type Dataset, type Field, labelsOf } from '../data/dataset.ts';
import {
  inputField,
  inputMisfit,
  type NetworkInput,
  type NetworkOutput,
  targetField,
  targetMisfit,
} from '../data/fit.ts';
import { distinct } from '../data/idxDataset.ts';
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

/** The checked graph of a document that can be trained here, as far as is known without opening its data; or a UserError with what helps. */
export function trainableGraph(document: NetworkDocument): CheckedGraph {
  const graph = checkedGraph(document);
  const stop = trainingStop(check(document).diagnostics);
  if (stop === null) return graph;
  const [fix] = stop.fixes;
  throw new UserError({
    en: `${stop.message.en}${fix === undefined ? '' : ` Netloom's window offers the fix: ${fix.title.en}.`}`,
    zh: `${stop.message.zh}${fix === undefined ? '' : `可在 Netloom 窗口中修复：${fix.title.zh}。`}`,
  });
}

/** The samples to train on and those held out, as the document's data settings say. Throws UserError where one part is empty. */
export function splitOf(data: Dataset, { validation, splitSeed }: DataConfig): Split {
  const split = stratifiedSplit(labelsOf(data) ?? new Uint8Array(data.count), validation, splitSeed);
  if (split.train.length > 0 && split.validation.length > 0) return split;
  const [has, share] = [data.count, `${Math.round(100 * validation)}%`];
  const part = split.train.length === 0 ? { en: 'train on', zh: '训练' } : { en: 'validate on', zh: '验证' };
  throw new UserError({
    en: `'${data.name}' has ${has} ${has === 1 ? 'sample' : 'samples'}, and holding out ${share} of them leaves none to ${part.en}. Give more samples, or another share: --set data.validation=0.5`,
    zh: `“${data.name}”有 ${has} 个样本，留出其中 ${share} 后没有可用于${part.zh}的样本。请提供更多样本，或改变留出比例：--set data.validation=0.5`,
  });
}

/** The ends of a network where samples come in, and those where answers come out. */
export const endsOf = ({ nodes }: CheckedGraph) => ({
  inputs: nodes.filter(({ layer }) => layer.inputsOf === undefined && layer.inputs.length === 0),
  outputs: nodes.filter(({ layer }) => layer.output !== undefined),
});

const sizes = (shape: readonly number[]): string => (shape.length === 0 ? '1' : shape.join('×'));

/**
 * Which field of the data goes where in the network. Fields are matched by name (that of the node), and where there is no
 * choice by being the only one. Throws a UserError where samples or answers do not fit.
 */
export function samplesFor(graph: CheckedGraph, data: Dataset): Samples {
  const { inputs, outputs } = endsOf(graph);
  const columns: Column[] = [];
  for (const input of inputs) {
    const field = fieldOf(data.inputs, inputField(data.inputs, networkInput(input), inputs.length));
    if (field === null) throw noField(data, inputs.length, outputs.length);
    columns.push(dataColumn(data, field, input));
  }
  const targets = data.targets.map(targetFacts);
  for (const output of outputs) {
    const field = fieldOf(data.targets, targetField(targets, networkOutput(output), outputs.length));
    if (field === null) throw noField(data, inputs.length, outputs.length);
    columns.push(targetColumn(data, field, output, outputName(graph, output, TARGET_INPUT)));
  }
  return { count: data.count, columns };
}

const networkInput = ({ node, outputs }: CheckedNode): NetworkInput => ({
  name: node.name,
  shape: Object.values(outputs)[0] ?? [],
});

const networkOutput = ({ node, layer, inputs }: CheckedNode): NetworkOutput => ({
  name: node.name,
  answers: layer.output?.answers ?? 'numbers',
  shape: Object.values(inputs)[0] ?? [],
});

const targetFacts = (field: Field) => ({
  name: field.name,
  shape: field.shape,
  classes: field.kind === 'classes' ? field.classes : null,
  yesNo: field.kind === 'numbers' && field.data.every((value) => value === 0 || value === 1),
});

const fieldOf = (fields: readonly Field[], found: { readonly name: string } | null): Field | null =>
  fields.find(({ name }) => name === found?.name) ?? null;

function noField({ name, inputs, targets }: Dataset, ins: number, outs: number): UserError {
  if (inputs.length === 1 && targets.length === 1) {
    return new UserError({
      en: `The data '${name}' has one input and one answer a sample, but the network has ${ins} inputs and ${outs} outputs. Keep one of each.`,
      zh: `数据“${name}”的每个样本有一个输入和一个答案，而网络有 ${ins} 个输入和 ${outs} 个输出。请各保留一个。`,
    });
  }
  const [given, answered] = [inputs, targets].map((fields) => fields.map((field) => field.name).join(', '));
  return new UserError({
    en: `The data '${name}' has the inputs ${given} and the answers ${answered}: name each input and output of the network after the one that it takes.`,
    zh: `数据“${name}”的输入为 ${given}，答案为 ${answered}：请把网络的每个输入和输出命名为它所用的名称。`,
  });
}

function dataColumn(data: Dataset, field: Field, input: CheckedNode): Column {
  const { node } = input;
  const { shape } = networkInput(input);
  if (inputMisfit(field, networkInput(input)) !== null) {
    const [has, takes] = [sizes(field.shape), sizes(shape)];
    const [height, width, channels] = field.shape;
    if (field.shape.length === 3 && [channels, height, width].join() === shape.join()) {
      throw new UserError({
        en: `Samples of '${data.name}' are ${has}: their channels come last in the file, and those of '${node.name}' (${takes}) first. Read them that way: --set data.channels=last`,
        zh: `“${data.name}”的样本为 ${has}：文件中通道在最后，而“${node.name}”（${takes}）的通道在最前。请这样读取：--set data.channels=last`,
      });
    }
    throw new UserError({
      en: `Samples of '${data.name}' are ${has}, but '${node.name}' takes ${takes}. Set its shape to ${has}, or choose other data.`,
      zh: `“${data.name}”的样本为 ${has}，而“${node.name}”接收 ${takes}。请把它的形状设为 ${has}，或换用其他数据。`,
    });
  }
  return { input: node.name, dtype: 'float32', shape, field };
}

function targetColumn(data: Dataset, field: Field, output: CheckedNode, input: string): Column {
  const { node, layer, config, inputs } = output;
  const { dtype, shape } = layer.output?.target(inputs, config) ?? { dtype: 'float32', shape: [] };
  const misfit = targetMisfit(targetFacts(field), networkOutput(output));
  switch (misfit?.kind) {
    case 'answers':
      throw wrongAnswers(data, field, output);
    case 'classes': {
      const { has, told } = misfit;
      const occurring = distinct((field as Extract<Field, { kind: 'classes' }>).data);
      if (occurring.length <= told) {
        const [least, count] = [occurring[0], occurring.length];
        throw new UserError({
          en: `The labels of '${data.name}' run from ${least} to ${has - 1}, ${count} different ones; '${node.name}' tells ${told} classes apart, numbered from 0. Number the labels from 0: --set data.labels=renumbered. Or set the classes to ${has}.`,
          zh: `“${data.name}”的标签从 ${least} 到 ${has - 1}，共 ${count} 种；“${node.name}”区分 ${told} 个从 0 开始编号的类别。请从 0 开始重新编号：--set data.labels=renumbered。或把类别数设为 ${has}。`,
        });
      }
      throw new UserError({
        en: `'${data.name}' has ${has} classes, but '${node.name}' tells ${told} apart. Set its classes to ${has}, or choose other data.`,
        zh: `“${data.name}”有 ${has} 个类别，而“${node.name}”只区分 ${told} 个。请把类别数设为 ${has}，或换用其他数据。`,
      });
    }
    case 'count': {
      const { has, gives } = misfit;
      throw new UserError({
        en: `'${data.name}' has ${has} ${has === 1 ? 'answer' : 'answers'} a sample, but '${node.name}' gives ${gives}. Let the layer before it give ${has}, or choose other data.`,
        zh: `“${data.name}”的每个样本有 ${has} 个答案，而“${node.name}”给出 ${gives} 个。请让它前面的层给出 ${has} 个，或换用其他数据。`,
      });
    }
  }
  return { input, dtype, shape, field };
}

function wrongAnswers({ name }: Dataset, field: Field, { node, layer }: CheckedNode): UserError {
  const { en, zh } = layer.title;
  if (field.kind !== 'classes') {
    if (layer.output?.answers === 'binary') {
      return new UserError({
        en: `'${name}' has numbers as answers, but '${node.name}' (${en}) answers yes or no. End the network in a Regression, or choose other data.`,
        zh: `“${name}”的答案是数值，而“${node.name}”（${zh}）只回答是或否。请以回归输出结束网络，或换用其他数据。`,
      });
    }
    return new UserError({
      en: `'${name}' has numbers as answers, but '${node.name}' (${en}) takes one class a sample. End the network in a Regression, or choose other data.`,
      zh: `“${name}”的答案是数值，而“${node.name}”（${zh}）需要每个样本一个类别。请以回归输出结束网络，或换用其他数据。`,
    });
  }
  if (layer.output?.answers === 'binary') {
    return new UserError({
      en: `'${name}' has ${field.classes} classes, but '${node.name}' (${en}) answers yes or no. End the network in a Classifier, or choose other data.`,
      zh: `“${name}”有 ${field.classes} 个类别，而“${node.name}”（${zh}）只回答是或否。请以分类输出结束网络，或换用其他数据。`,
    });
  }
  return new UserError({
    en: `'${name}' names one class a sample, but '${node.name}' (${en}) takes numbers as answers. End the network in a Classifier, or choose other data.`,
    zh: `“${name}”的每个样本标注一个类别，而“${node.name}”（${zh}）的答案是数值。请以分类输出结束网络，或换用其他数据。`,
  });
}
