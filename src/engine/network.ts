import { check } from '../check/check.ts';
import type { CheckedGraph, CheckedNode } from '../check/checkedGraph.ts';
import { trainingStop } from '../check/trainable.ts';
import { outputName, TARGET_INPUT } from '../compile/forward.ts';
import type { Column, Samples } from '../data/batches.ts';
import type { Dataset, Field } from '../data/dataset.ts';
import {
  inputField,
  inputMisfit,
  type NetworkInput,
  type NetworkOutput,
  targetField,
  targetMisfit,
} from '../data/fit.ts';
import { distinct } from '../data/idxDataset.ts';
import { targetFacts } from '../data/known.ts';
import { asImageShape, notBytes, notImages, pipelineFor, stepsOn } from '../data/prepared.ts';
import type { DataConfig, ImageConfig, NetworkDocument } from '../graph/document.ts';
import { input as inputLayer } from '../layers/input.ts';
import { UserError } from '../text.ts';
import { readPipeline } from '../transforms/pipeline.ts';

/** The checked graph of a document. Throws a UserError with the first problem. */
export function checkedGraph(document: NetworkDocument): CheckedGraph {
  const { graph, diagnostics } = check(document);
  if (graph !== null) return graph;
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const first = errors[0]?.message ?? { en: '', zh: '' };
  const more = errors.length - 1;
  throw new UserError({
    en: `The network has ${errors.length === 1 ? 'an error' : `${errors.length} errors`}: ${first.en}${more > 0 ? ' (and more)' : ''}`,
    zh: `网络有 ${errors.length} 个错误：${first.zh}${more > 0 ? '…' : ''}`,
  });
}

/**
 * The checked graph of a document that can be trained on this computer, as far as known without opening its dataset.
 * Throws a UserError with a remedy.
 */
export function trainableGraph(document: NetworkDocument): CheckedGraph {
  const graph = checkedGraph(document);
  const stop = trainingStop(check(document).diagnostics);
  if (stop === null) return graph;
  const [fix] = stop.fixes;
  throw new UserError({
    en: `${stop.message.en}${fix === undefined ? '' : ` You can fix this in the app: ${fix.title.en}.`}`,
    zh: `${stop.message.zh}${fix === undefined ? '' : `可在应用中修复：${fix.title.zh}。`}`,
  });
}

/** The input layers and the output layers of a network. */
export const endsOf = ({ nodes }: CheckedGraph) => ({
  inputs: nodes.filter(({ layer }) => layer.inputsOf === undefined && layer.inputs.length === 0),
  outputs: nodes.filter(({ layer }) => layer.output !== undefined),
});

/** Output layers with a loss: those that are trained and evaluated. Throws UserError if there is none. */
export function trainedOutputs(graph: CheckedGraph): readonly CheckedNode[] {
  const { outputs } = endsOf(graph);
  const trained = outputs.filter(({ layer }) => layer.output?.loss !== undefined);
  if (trained.length > 0) return trained;
  throw new UserError({
    en: 'The network has no loss. Replace an Output layer with a Classifier, Binary classifier or Regression output.',
    zh: '网络没有损失函数。请将一个“输出”层替换为分类、二分类或回归输出。',
  });
}

const sizes = (shape: readonly number[]): string => (shape.length === 0 ? '1' : shape.join('×'));

/**
 * Matches the fields of a dataset to the inputs of a network, by the name of the node, or as the only candidate. Enough to
 * compute the network; its outputs need no targets. Throws UserError if samples do not fit.
 */
export function inputsFor(graph: CheckedGraph, data: Dataset): Samples {
  const { inputs, outputs } = endsOf(graph);
  const columns = inputs.map((input) => {
    const field = fieldOf(data.inputs, inputField(data.inputs, networkInput(input), inputs.length));
    if (field === null) throw noField(data, inputs.length, outputs.length);
    return dataColumn(data, field, input, graph.document.data);
  });
  return { count: data.count, columns };
}

/** Inputs as `inputsFor` returns them, with the targets of all output layers that are trained. Throws UserError if samples or targets do not fit. */
export function samplesFor(graph: CheckedGraph, data: Dataset): Samples {
  const outputs = trainedOutputs(graph);
  const { count, columns } = inputsFor(graph, data);
  const targets = data.targets.map(targetFacts);
  const answers = outputs.map((output) => {
    const field = fieldOf(data.targets, targetField(targets, networkOutput(output), outputs.length));
    if (field === null) throw noField(data, endsOf(graph).inputs.length, outputs.length);
    return targetColumn(data, field, output, outputName(graph, output, TARGET_INPUT));
  });
  return { count, columns: [...columns, ...answers] };
}

/** The samples for training, mixed where the document says so. The check refuses networks that cannot be trained with them. */
export function trainingSamples(graph: CheckedGraph, samples: Samples): Samples {
  const { mixing } = graph.document.data;
  if (mixing === undefined) return samples;
  const outputs = new Map(
    trainedOutputs(graph).map((output) => [outputName(graph, output, TARGET_INPUT), networkOutput(output).shape]),
  );
  const columns = samples.columns.map((column): Column => {
    const shape = outputs.get(column.input);
    return shape === undefined ? column : { ...column, dtype: 'float32', shape, oneHot: true };
  });
  return { ...samples, columns, mixing };
}

/** The input layer as the fit of data sees it. */
export const networkInput = ({ node, outputs, raw }: CheckedNode): NetworkInput => ({
  name: node.name,
  shape: Object.values(outputs)[0] ?? Object.values(raw)[0]?.dims.map(Number) ?? [],
});

const networkOutput = ({ node, layer, inputs }: CheckedNode): NetworkOutput => ({
  name: node.name,
  answers: layer.output?.answers ?? 'numbers',
  shape: Object.values(inputs)[0] ?? [],
});

const fieldOf = (fields: readonly Field[], found: { readonly name: string } | null): Field | null =>
  fields.find(({ name }) => name === found?.name) ?? null;

function noField({ name, inputs, targets }: Dataset, ins: number, outs: number): UserError {
  if (inputs.length === 1 && targets.length === 1) {
    return new UserError({
      en: `Dataset “${name}” has one input and one target per sample, but the network has ${ins} inputs and ${outs} outputs. Keep one of each.`,
      zh: `数据集“${name}”的每个样本有一个输入和一个目标值，而网络有 ${ins} 个输入和 ${outs} 个输出。请各保留一个。`,
    });
  }
  const [given, answered] = [inputs, targets].map((fields) => fields.map((field) => field.name).join(', '));
  return new UserError({
    en: `Dataset “${name}” has inputs ${given} and targets ${answered}. Give each input and output layer the name of its field.`,
    zh: `数据集“${name}”的输入为 ${given}，目标为 ${answered}。请将每个输入层和输出层命名为对应字段的名称。`,
  });
}

/**
 * An input field as a column, with the transforms of the document. Throws UserError where they do not fit its samples.
 */
export function inputColumn(data: Dataset, field: Field, input: string, config: DataConfig): Column {
  const plain: Column = { input, dtype: 'float32', shape: field.shape, field };
  if (stepsOn(config).length === 0) return plain;
  const { transforms = [] } = config;
  const shape = asImageShape(field.shape);
  // Beside images, other fields go untransformed.
  if (shape === null && data.inputs.some((each) => asImageShape(each.shape) !== null)) return plain;
  if (shape === null) throw new UserError(notImages(data.name));
  if (field.kind !== 'bytes') throw new UserError(notBytes(data.name));
  const { pipeline, problems } = readPipeline(transforms, shape);
  if (pipeline === null) throw new UserError(problems[0]?.message ?? notImages(data.name));
  return { ...plain, shape: pipeline.output, transforms };
}

function dataColumn(data: Dataset, field: Field, input: CheckedNode, config: DataConfig): Column {
  const { node } = input;
  const { shape } = networkInput(input);
  const column = inputColumn(data, field, node.name, config);
  if (inputMisfit({ name: field.name, shape: column.shape }, networkInput(input)) !== null) {
    const [has, takes] = [sizes(column.shape), sizes(shape)];
    const [height, width, channels] = field.shape;
    if (field.shape.length === 3 && [channels, height, width].join() === shape.join()) {
      throw new UserError({
        en: `Dataset “${data.name}” has samples of shape ${has} with channels last, but “${node.name}” (${takes}) has channels first. Convert them when reading: --set data.channels=last`,
        zh: `数据集“${data.name}”的样本形状为 ${has}，通道在最后，而“${node.name}”（${takes}）的通道在最前。请在读取时转换：--set data.channels=last`,
      });
    }
    if (column.transforms !== undefined) {
      throw new UserError({
        en: `After the transforms, samples of dataset “${data.name}” have shape ${has}, but “${node.name}” expects ${takes}. Set its shape to ${has}, or change the transforms.`,
        zh: `数据集“${data.name}”的样本经变换后形状为 ${has}，而“${node.name}”需要 ${takes}。请将其形状设为 ${has}，或更改变换。`,
      });
    }
    throw new UserError({
      en: `Dataset “${data.name}” has samples of shape ${has}, but “${node.name}” expects ${takes}. Set its shape to ${has}, or choose another dataset.`,
      zh: `数据集“${data.name}”的样本形状为 ${has}，而“${node.name}”需要 ${takes}。请将其形状设为 ${has}，或更换数据集。`,
    });
  }
  return column;
}

function targetColumn(data: Dataset, field: Field, output: CheckedNode, input: string): Column {
  const { node, layer, config, inputs } = output;
  const { dtype, shape } = layer.output?.target(inputs, config) ?? { dtype: 'float32', shape: [] };
  const misfit = targetMisfit(targetFacts(field), networkOutput(output));
  switch (misfit?.kind) {
    case 'answers':
      throw wrongAnswers(data, field, output);
    case 'classes': {
      const { has, predicted } = misfit;
      const occurring = distinct((field as Extract<Field, { kind: 'classes' }>).data);
      if (occurring.length <= predicted) {
        const [least, count] = [occurring[0], occurring.length];
        throw new UserError({
          en: `The labels of dataset “${data.name}” are ${least} to ${has - 1} (${count} distinct), but “${node.name}” predicts ${predicted} classes, numbered from 0. Renumber the labels: --set data.labels=renumbered. Or set the number of classes to ${has}.`,
          zh: `数据集“${data.name}”的标签为 ${least} 到 ${has - 1}（共 ${count} 种），而“${node.name}”预测 ${predicted} 个类别，从 0 开始编号。请重新编号：--set data.labels=renumbered。或将类别数设为 ${has}。`,
        });
      }
      throw new UserError({
        en: `Dataset “${data.name}” has ${has} classes, but “${node.name}” predicts ${predicted}. Set its number of classes to ${has}, or choose another dataset.`,
        zh: `数据集“${data.name}”有 ${has} 个类别，而“${node.name}”预测 ${predicted} 个。请将类别数设为 ${has}，或更换数据集。`,
      });
    }
    case 'count': {
      const { has, gives } = misfit;
      throw new UserError({
        en: `Dataset “${data.name}” has ${has} ${has === 1 ? 'target' : 'targets'} per sample, but “${node.name}” outputs ${gives}. Set the layer before it to ${has} outputs, or choose another dataset.`,
        zh: `数据集“${data.name}”的每个样本有 ${has} 个目标值，而“${node.name}”输出 ${gives} 个。请将前一层的输出设为 ${has} 个，或更换数据集。`,
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
        en: `Dataset “${name}” has numeric targets, but “${node.name}” (${en}) predicts yes or no. Use a Regression output, or choose another dataset.`,
        zh: `数据集“${name}”的目标值为数值，而“${node.name}”（${zh}）预测是或否。请改用回归输出，或更换数据集。`,
      });
    }
    return new UserError({
      en: `Dataset “${name}” has numeric targets, but “${node.name}” (${en}) predicts classes. Use a Regression output, or choose another dataset.`,
      zh: `数据集“${name}”的目标值为数值，而“${node.name}”（${zh}）预测类别。请改用回归输出，或更换数据集。`,
    });
  }
  if (layer.output?.answers === 'binary') {
    return new UserError({
      en: `Dataset “${name}” has ${field.classes} classes, but “${node.name}” (${en}) predicts yes or no. Use a Classifier output, or choose another dataset.`,
      zh: `数据集“${name}”有 ${field.classes} 个类别，而“${node.name}”（${zh}）预测是或否。请改用分类输出，或更换数据集。`,
    });
  }
  return new UserError({
    en: `Dataset “${name}” has one class per sample, but “${node.name}” (${en}) predicts numbers. Use a Classifier output, or choose another dataset.`,
    zh: `数据集“${name}”的每个样本有一个类别，而“${node.name}”（${zh}）预测数值。请改用分类输出，或更换数据集。`,
  });
}

/**
 * Size and channels in which own images are read, where the settings have none: those that the network takes. Null where it takes
 * none, or several, and where transforms change the shape, so that the images have another one before.
 */
export function inputImage({ nodes, data }: NetworkDocument): ImageConfig | null {
  const inputs = nodes.filter(({ layer }) => layer === inputLayer.type);
  const shape = asImageShape((inputs[0]?.config.shape ?? []) as readonly number[]);
  if (inputs.length !== 1 || shape === null) return null;
  const after = pipelineFor(data.transforms ?? [], shape)?.output;
  if (after?.join() !== shape.join()) return null;
  const [channels, height, width] = shape;
  return { channels: channels as 1 | 3, height, width, fit: 'stretch' };
}
