import {
  inputField,
  inputMisfit,
  type Misfit,
  type NetworkInput,
  type NetworkOutput,
  targetField,
  targetMisfit,
} from '../data/fit.ts';
import { type DataFacts, factsOf, isFile, knownData } from '../data/known.ts';
import type { Fix } from '../graph/diagnostic.ts';
import type { DocumentNode } from '../graph/document.ts';
import { shapeText } from '../layers/config.ts';
import { isInput } from '../layers/input.ts';
import type { Shape } from '../layers/layer.ts';
import { nearest } from '../nearest.ts';
import type { Text } from '../text.ts';
import { answerFixes, inputFixes, onDigits, oneOfEach, otherData, renamedEnds } from './dataFixes.ts';
import { type Drawing, nodeText } from './drawing.ts';
import type { Inference } from './inference.ts';
import type { Found } from './report.ts';

/** A node where samples come in or answers come out. */
export interface End {
  readonly node: DocumentNode;
  readonly inference: Inference;
}

/** Where a network takes samples and gives answers. */
export interface Ends {
  readonly inputs: readonly (End & NetworkInput)[];
  /** `shape` is null where a problem up the edges hides it. */
  readonly outputs: readonly (End & Omit<NetworkOutput, 'shape'> & { readonly shape: Shape | null })[];
}

/**
 * Where a network does not fit the data that it is to learn from. It can be drawn and exported all the same, so these are
 * warnings, but they stop training. Data in files is checked by the engine, which opens it.
 */
export function dataProblems(drawing: Drawing, used: ReadonlySet<string>): Found[] {
  const { source } = drawing.doc.data;
  const facts = factsOf(source);
  const ends = endsOf(drawing, used);
  if (ends.inputs.length === 0 || ends.outputs.length === 0) return [];
  if (facts === null) return isFile(source) ? [] : [missing(drawing, ends, source)];
  const whole = wrongEnds(drawing, ends, source, facts);
  if (whole !== null) return [whole];
  return [
    ...ends.inputs.flatMap((input) => wrongInput(drawing, ends, input, source, facts) ?? []),
    ...ends.outputs.flatMap((output) => wrongOutput(drawing, ends, output, source, facts) ?? []),
  ];
}

function endsOf({ wiring, inferences, byId, kinds }: Drawing, used: ReadonlySet<string>): Ends {
  const inputs: Ends['inputs'][number][] = [];
  const outputs: Ends['outputs'][number][] = [];
  for (const id of wiring.order) {
    const node = byId.get(id);
    const kind = kinds.get(id);
    if (node === undefined || kind === null || kind === undefined || !used.has(id)) continue;
    const inference = inferences.get(id) ?? { kind, inputs: {}, result: { problems: [] }, inside: null };
    const { name } = node;
    const answers = kind.layer.output?.answers;
    if (isInput(node.layer)) inputs.push({ node, inference, name, shape: kind.config.shape as Shape });
    if (answers === undefined) continue;
    const known = 'outputs' in inference.result ? (Object.values(inference.inputs)[0] ?? null) : null;
    outputs.push({ node, inference, name, answers, shape: known });
  }
  return { inputs, outputs };
}

const CANNOT: Text = {
  en: 'the network can be exported, but not trained here',
  zh: '网络可以导出，但无法在此训练',
};

const found = (drawing: Drawing, problem: Omit<Found, 'fixes'>, fixes: () => readonly Fix[]): Found => ({
  ...problem,
  stops: 'training',
  fixes: drawing.offering ? fixes() : [],
});

function missing(drawing: Drawing, ends: Ends, source: string): Found {
  const [near] = nearest(source, knownData);
  const meant = near === undefined ? { en: '', zh: '' } : { en: `Did you mean ${near}? `, zh: `您是否想用 ${near}？` };
  const message = {
    en: `The data '${source}' is not part of Netloom: ${CANNOT.en}. ${meant.en}Choose data that is, or name the file of your own as its data.`,
    zh: `Netloom 不含数据“${source}”：${CANNOT.zh}。${meant.zh}请选用自带的数据，或填写自己的数据文件。`,
  };
  return found(drawing, { code: 'data-missing', node: null, port: null, message }, () => {
    const others = otherData(drawing, ends);
    return others.length > 0 ? others : onDigits(drawing, ends);
  });
}

const listed = (fields: readonly { readonly name: string }[]): string =>
  fields.map(({ name }) => `'${name}'`).join(', ');

/** Ends that have no field: there are too many of them, or none has its name. */
function wrongEnds(drawing: Drawing, ends: Ends, source: string, { inputs, targets }: DataFacts): Found | null {
  const fed = ends.inputs.every((input) => inputField(inputs, input, ends.inputs.length) !== null);
  const asked = ends.outputs.every(
    (output) => targetField(targets, { ...output, shape: output.shape ?? [] }, ends.outputs.length) !== null,
  );
  if (fed && asked) return null;
  const [ins, outs] = [ends.inputs.length, ends.outputs.length];
  const single = inputs.length === 1 && targets.length === 1;
  const message = single
    ? {
        en: `The data '${source}' has one input and one answer a sample, but the network has ${ins} ${ins === 1 ? 'input' : 'inputs'} and ${outs} ${outs === 1 ? 'output' : 'outputs'}: ${CANNOT.en}.`,
        zh: `数据“${source}”的每个样本有一个输入和一个答案，而网络有 ${ins} 个输入和 ${outs} 个输出：${CANNOT.zh}。`,
      }
    : {
        en: `The data '${source}' has the inputs ${listed(inputs)} and the answers ${listed(targets)}, by which inputs and outputs of the network have to be named: as it is, ${CANNOT.en}.`,
        zh: `数据“${source}”的输入为 ${listed(inputs)}，答案为 ${listed(targets)}，网络的输入和输出须以此命名；目前${CANNOT.zh}。`,
      };
  return found(drawing, { code: 'data-ends', node: null, port: null, message }, () => [
    ...(single ? oneOfEach(drawing, ends) : renamedEnds(ends, inputs, targets)),
    ...otherData(drawing, ends),
  ]);
}

function wrongInput(
  drawing: Drawing,
  ends: Ends,
  input: Ends['inputs'][number],
  source: string,
  { inputs }: DataFacts,
): Found | null {
  const { node, inference, shape } = input;
  const field = inputField(inputs, input, ends.inputs.length);
  if (field === null || inputMisfit(field, input) === null) return null;
  const [has, takes] = [shapeText(field.shape), shapeText(shape)];
  const { en, zh } = nodeText(node, inference.kind.layer);
  const last = field.shape.length === 3 && [shape[2], shape[0], shape[1]].join() === field.shape.join();
  const message = {
    en: `The samples of the data '${source}' are ${has}, but ${en} takes ${takes}: ${CANNOT.en}.${last ? ' Channels come first: channels × height × width.' : ''}`,
    zh: `数据“${source}”的样本为 ${has}，而${zh} 接收 ${takes}：${CANNOT.zh}。${last ? '通道在前：通道 × 高 × 宽。' : ''}`,
  };
  return found(drawing, { code: 'data-shape', node: node.id, port: 'config.shape', message }, () => [
    ...otherData(drawing, ends),
    ...inputFixes(drawing, input, field.shape),
  ]);
}

function wrongOutput(
  drawing: Drawing,
  ends: Ends,
  output: Ends['outputs'][number],
  source: string,
  { targets }: DataFacts,
): Found | null {
  const { node, inference, shape } = output;
  if (shape === null) return null;
  const whole = { ...output, shape };
  const field = targetField(targets, whole, ends.outputs.length);
  const misfit = field === null ? null : targetMisfit(field, whole);
  if (field === null || misfit === null) return null;
  const { code, port, message } = misfitText(source, field, misfit, nodeText(node, inference.kind.layer));
  return found(drawing, { code, node: node.id, port, message }, () => [
    ...answerFixes(drawing, output, field),
    ...otherData(drawing, ends),
  ]);
}

function misfitText(
  source: string,
  field: DataFacts['targets'][number],
  misfit: Misfit,
  self: Text,
): { readonly code: string; readonly port: string | null; readonly message: Text } {
  switch (misfit.kind) {
    case 'classes':
      return {
        code: 'data-classes',
        port: 'config.classes',
        message: {
          en: `The data '${source}' has ${misfit.has} classes, but ${self.en} tells only ${misfit.told} apart: ${CANNOT.en}.`,
          zh: `数据“${source}”有 ${misfit.has} 个类别，而${self.zh} 只区分 ${misfit.told} 个：${CANNOT.zh}。`,
        },
      };
    case 'count':
      return {
        code: 'data-count',
        port: 'x',
        message: {
          en: `The data '${source}' has ${misfit.has} ${misfit.has === 1 ? 'answer' : 'answers'} a sample, but ${self.en} gives ${misfit.gives}: ${CANNOT.en}.`,
          zh: `数据“${source}”的每个样本有 ${misfit.has} 个答案，而${self.zh} 给出 ${misfit.gives} 个：${CANNOT.zh}。`,
        },
      };
    default:
      return {
        code: 'data-answers',
        port: null,
        message:
          field.classes === null
            ? {
                en: `The answers in the data '${source}' are numbers, which ${self.en} does not predict: ${CANNOT.en}.`,
                zh: `数据“${source}”的答案是数值，${self.zh} 无法预测：${CANNOT.zh}。`,
              }
            : {
                en: `The data '${source}' has ${field.classes} classes, which ${self.en} cannot tell apart: ${CANNOT.en}.`,
                zh: `数据“${source}”有 ${field.classes} 个类别，${self.zh} 无法区分：${CANNOT.zh}。`,
              },
      };
  }
}
