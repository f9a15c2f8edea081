import { DRAWN, pointsProblem } from '../data/drawnPoints.ts';
import {
  inputField,
  inputMisfit,
  type Misfit,
  type NetworkInput,
  type NetworkOutput,
  targetField,
  targetMisfit,
} from '../data/fit.ts';
import { dataName, fedFacts, isFile, knownData } from '../data/known.ts';
import { type KnownSet, knownSet } from '../data/knownSets.ts';
import { toyProblem } from '../data/toySource.ts';
import type { Fix } from '../graph/diagnostic.ts';
import type { DataFacts, DocumentNode } from '../graph/document.ts';
import { shapeText } from '../layers/config.ts';
import { outputFor } from '../layers/index.ts';
import { isInput } from '../layers/input.ts';
import type { Shape } from '../layers/layer.ts';
import { nearest } from '../nearest.ts';
import type { Text } from '../text.ts';
import {
  answerFixes,
  inputFixes,
  oneOfEach,
  otherData,
  renamedEnds,
  resizedImages,
  trainOnMnist,
} from './dataFixes.ts';
import { type Drawing, nodeText } from './drawing.ts';
import { replaceFix } from './fixes.ts';
import { withoutImageLayers } from './imageLayers.ts';
import type { Inference } from './inference.ts';
import { mixingProblem } from './mixingProblems.ts';
import type { DraftDiagnostic } from './report.ts';
import { splitProblems } from './splitProblems.ts';
import { transformedImages } from './transformFixes.ts';
import { transformProblems } from './transformProblems.ts';

/** An input or output of the network. */
export interface End {
  readonly node: DocumentNode;
  readonly inference: Inference;
}

/** Inputs and outputs of the network. */
export interface Ends {
  readonly inputs: readonly (End & NetworkInput)[];
  /** `shape` is null if a problem upstream hides it. */
  readonly outputs: readonly (End & Omit<NetworkOutput, 'shape'> & { readonly shape: Shape | null })[];
}

/**
 * Mismatches of the network and its dataset. The network can still be edited and exported, so these are warnings, but they
 * prevent training. Datasets in files are checked by the engine, which opens them.
 */
export function dataProblems(drawing: Drawing, used: ReadonlySet<string>): DraftDiagnostic[] {
  const { source } = drawing.doc.data;
  const facts = fedFacts(drawing.doc.data);
  const ends = endsOf(drawing, used);
  const untrained = withoutLoss(drawing, used) ?? unfed(drawing, ends);
  if (untrained !== null) return [untrained];
  if (ends.inputs.length === 0 || ends.outputs.length === 0) return [];
  const mixing = mixingProblem(drawing, ends);
  if (mixing !== null) return [mixing];
  if (facts === null) return isFile(source) ? splitProblems(drawing) : [missing(drawing, ends, source)];
  const few = source === DRAWN ? pointsProblem(drawing.doc.data) : null;
  if (few !== null) return [fewPoints(drawing, ends, few)];
  const name = dataName(source);
  const whole = wrongEnds(drawing, ends, name, facts);
  if (whole !== null) return [whole];
  const transforms = transformProblems(drawing);
  if (transforms.length > 0) return transforms;
  return [
    ...splitProblems(drawing),
    ...ends.inputs.flatMap((input) => wrongInput(drawing, ends, input, name, facts) ?? []),
    ...ends.outputs.flatMap((output) => wrongOutput(drawing, ends, output, name, facts) ?? []),
  ];
}

function endsOf({ wiring, inferences, byId, kinds }: Drawing, used: ReadonlySet<string>): Ends {
  const inputs: Ends['inputs'][number][] = [];
  const outputs: Ends['outputs'][number][] = [];
  for (const id of wiring.order) {
    const node = byId.get(id);
    const kind = kinds.get(id);
    if (node === undefined || kind === null || kind === undefined || !used.has(id)) continue;
    const inference = inferences.get(id) ?? { kind, inputs: {}, rawInputs: {}, result: { problems: [] }, inside: null };
    const { name } = node;
    const answers = kind.layer.output?.answers;
    if (isInput(node.layer)) inputs.push({ node, inference, name, shape: kind.config.shape as Shape });
    if (answers === undefined || kind.layer.output?.loss === undefined) continue;
    const known = 'outputs' in inference.result ? (Object.values(inference.inputs)[0] ?? null) : null;
    outputs.push({ node, inference, name, answers, shape: known });
  }
  return { inputs, outputs };
}

const CANNOT: Text = {
  en: 'the network can be exported, but not trained on this computer',
  zh: '网络可以导出，但无法在本机训练',
};

const found = (
  drawing: Drawing,
  problem: Omit<DraftDiagnostic, 'fixes'>,
  fixes: () => readonly Fix[],
): DraftDiagnostic => ({
  ...problem,
  stops: 'training',
  fixes: drawing.offering ? fixes() : [],
});

/** The problem of a network whose outputs have no loss. */
function withoutLoss(drawing: Drawing, used: ReadonlySet<string>): DraftDiagnostic | null {
  const { wiring, kinds, byId } = drawing;
  const ends = wiring.order.filter((id) => used.has(id) && kinds.get(id)?.layer.output !== undefined);
  const node = byId.get(ends[0] ?? '');
  if (node === undefined || ends.some((id) => kinds.get(id)?.layer.output?.loss !== undefined)) return null;
  const { en, zh } = nodeText(node, kinds.get(node.id)?.layer);
  const message = {
    en: `${en} has no loss: ${CANNOT.en}. Replace it with a Classifier, Binary classifier or Regression output.`,
    zh: `${zh}没有损失函数：${CANNOT.zh}。请将它替换为分类、二分类或回归输出。`,
  };
  const classes = Object.values(drawing.inferences.get(node.id)?.inputs ?? {})[0]?.[0];
  return found(drawing, { code: 'no-loss', node: node.id, port: null, message }, () => [
    ...(classes !== undefined && classes > 1 ? [replaceFix(node, outputFor('class'), { classes })] : []),
    replaceFix(node, outputFor('numbers')),
    replaceFix(node, outputFor('binary')),
  ]);
}

/** The problem of an input that cannot get a value for every sample. */
function unfed(drawing: Drawing, { inputs }: Ends): DraftDiagnostic | null {
  const input = inputs.find(({ inference: { kind } }) => kind.config.batch === false || kind.config.dtype === 'string');
  if (input === undefined) return null;
  const { node, inference } = input;
  const { en, zh } = nodeText(node, inference.kind.layer);
  const message =
    inference.kind.config.batch === false
      ? {
          en: `${en} has no batch axis, so it cannot get one value per sample: ${CANNOT.en}.`,
          zh: `${zh}没有批量轴，无法为每个样本取一个值：${CANNOT.zh}。`,
        }
      : {
          en: `${en} takes texts, which datasets do not have: ${CANNOT.en}.`,
          zh: `${zh}接受文本，而数据集没有文本：${CANNOT.zh}。`,
        };
  return found(drawing, { code: 'input-unfed', node: node.id, port: null, message }, () => []);
}

const fewPoints = (drawing: Drawing, ends: Ends, message: Text): DraftDiagnostic =>
  found(drawing, { code: 'data-few-points', node: null, port: null, message }, () => otherData(drawing, ends));

function missing(drawing: Drawing, ends: Ends, source: string): DraftDiagnostic {
  const wrong = toyProblem(source);
  if (wrong !== null) {
    const name = source.replace(/:.*$/s, '');
    return found(drawing, { code: 'data-settings', node: null, port: null, message: wrong }, () => [
      {
        title: { en: `Use “${name}” with its default settings`, zh: `使用“${name}”的默认设置` },
        edits: [{ kind: 'setData', data: { ...drawing.doc.data, source: name } }],
      },
    ]);
  }
  const published = knownSet(source);
  const message = published === null ? notIncluded(source) : notHere(source, published);
  return found(drawing, { code: 'data-missing', node: null, port: null, message }, () => {
    const others = otherData(drawing, ends);
    return others.length > 0 ? others : trainOnMnist(drawing, ends);
  });
}

const notHere = (source: string, { name, title }: KnownSet): Text => ({
  en: `Dataset “${source}” (${title}) is not part of Netloom: ${CANNOT.en}. Put its files on this computer: “Get” in the Data workspace shows how (command line: --data ${name}). Or choose an included dataset.`,
  zh: `Netloom 不含数据集“${source}”（${title}）：${CANNOT.zh}。请将其文件放到本机：“数据”工作区的“获取”中有说明（命令行：--data ${name}）。也可选用自带的数据集。`,
});

function notIncluded(source: string): Text {
  const [near] = nearest(source, knownData);
  const meant = near === undefined ? { en: '', zh: '' } : { en: `Did you mean ${near}? `, zh: `是否指 ${near}？` };
  return {
    en: `Dataset “${source}” is not included in Netloom: ${CANNOT.en}. ${meant.en}Choose an included dataset, or use a data file of your own.`,
    zh: `Netloom 不含数据集“${source}”：${CANNOT.zh}。${meant.zh}请选用自带的数据集，或使用自己的数据文件。`,
  };
}

const listed = (fields: readonly { readonly name: string }[]): string =>
  fields.map(({ name }) => `“${name}”`).join(', ');

/** The problem of inputs or outputs without a field of the dataset: too many of them, or different names. */
function wrongEnds(
  drawing: Drawing,
  ends: Ends,
  source: string,
  { inputs, targets }: DataFacts,
): DraftDiagnostic | null {
  const fed = ends.inputs.every((input) => inputField(inputs, input, ends.inputs.length) !== null);
  const asked = ends.outputs.every(
    (output) => targetField(targets, { ...output, shape: output.shape ?? [] }, ends.outputs.length) !== null,
  );
  if (fed && asked) return null;
  const [ins, outs] = [ends.inputs.length, ends.outputs.length];
  const single = inputs.length === 1 && targets.length === 1;
  const message = single
    ? {
        en: `Dataset “${source}” has one input and one target per sample, but the network has ${ins} ${ins === 1 ? 'input' : 'inputs'} and ${outs} ${outs === 1 ? 'output' : 'outputs'}: ${CANNOT.en}.`,
        zh: `数据集“${source}”的每个样本有一个输入和一个目标值，而网络有 ${ins} 个输入和 ${outs} 个输出：${CANNOT.zh}。`,
      }
    : {
        en: `Dataset “${source}” has inputs ${listed(inputs)} and targets ${listed(targets)}. Name the inputs and outputs of the network like them; as it is, ${CANNOT.en}.`,
        zh: `数据集“${source}”的输入为 ${listed(inputs)}，目标值为 ${listed(targets)}。请按此命名网络的输入和输出；目前${CANNOT.zh}。`,
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
): DraftDiagnostic | null {
  const { node, inference, shape } = input;
  const field = inputField(inputs, input, ends.inputs.length);
  if (field === null || inputMisfit(field, input) === null) return null;
  const [has, takes] = [shapeText(field.shape), shapeText(shape)];
  const { en, zh } = nodeText(node, inference.kind.layer);
  const last = field.shape.length === 3 && [shape[2], shape[0], shape[1]].join() === field.shape.join();
  const message = {
    en: `Dataset “${source}” has samples of shape ${has}, but ${en} expects ${takes}: ${CANNOT.en}.${last ? ' Channels come first: channels × height × width.' : ''}`,
    zh: `数据集“${source}”的样本形状为 ${has}，而${zh}需要 ${takes}：${CANNOT.zh}。${last ? '通道在前：通道 × 高 × 宽。' : ''}`,
  };
  return found(drawing, { code: 'data-shape', node: node.id, port: 'config.shape', message }, () => [
    ...transformedImages(drawing, field.name, shape),
    ...resizedImages(drawing, input),
    ...otherData(drawing, ends),
    ...inputFixes(drawing, input, field.shape),
    ...(shape.length === 3 && field.shape.length !== 3 ? withoutImageLayers(drawing, input, field.shape) : []),
  ]);
}

function wrongOutput(
  drawing: Drawing,
  ends: Ends,
  output: Ends['outputs'][number],
  source: string,
  { targets }: DataFacts,
): DraftDiagnostic | null {
  const { node, inference, shape } = output;
  if (shape === null) return null;
  const whole = { ...output, shape };
  const field = targetField(targets, whole, ends.outputs.length);
  const misfit = field === null ? null : targetMisfit(field, whole);
  if (field === null) return null;
  if (misfit === null) return spareClasses(drawing, whole, source, field);
  const { code, port, message } = misfitText(source, field, misfit, nodeText(node, inference.kind.layer));
  return found(drawing, { code, node: node.id, port, message }, () => [
    ...answerFixes(drawing, output, field),
    ...otherData(drawing, ends),
  ]);
}

/** Classes beyond those of own data do no harm, but no sample teaches them. */
function spareClasses(
  drawing: Drawing,
  output: Ends['outputs'][number] & { readonly shape: Shape },
  source: string,
  field: DataFacts['targets'][number],
): DraftDiagnostic | null {
  const [predicted] = output.shape;
  if (drawing.doc.data.facts === undefined || output.answers !== 'class' || field.classes === null) return null;
  if (predicted === undefined || predicted <= field.classes) return null;
  const { en, zh } = nodeText(output.node, output.inference.kind.layer);
  return {
    code: 'data-spare-classes',
    node: output.node.id,
    port: 'config.classes',
    severity: 'hint',
    message: {
      en: `Dataset “${source}” has ${field.classes} classes, but ${en} predicts ${predicted}. The others are never trained.`,
      zh: `数据集“${source}”有 ${field.classes} 个类别，而${zh} 预测 ${predicted} 个，多余的类别得不到训练。`,
    },
    fixes: drawing.offering ? answerFixes(drawing, output, field) : [],
  };
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
          en: `Dataset “${source}” has ${misfit.has} classes, but ${self.en} predicts only ${misfit.predicted}: ${CANNOT.en}.`,
          zh: `数据集“${source}”有 ${misfit.has} 个类别，而${self.zh}只预测 ${misfit.predicted} 个：${CANNOT.zh}。`,
        },
      };
    case 'count':
      return {
        code: 'data-count',
        port: 'x',
        message: {
          en: `Dataset “${source}” has ${misfit.has} ${misfit.has === 1 ? 'target' : 'targets'} per sample, but ${self.en} outputs ${misfit.gives}: ${CANNOT.en}.`,
          zh: `数据集“${source}”的每个样本有 ${misfit.has} 个目标值，而${self.zh}输出 ${misfit.gives} 个：${CANNOT.zh}。`,
        },
      };
    default:
      return {
        code: 'data-answers',
        port: null,
        message:
          field.classes === null
            ? {
                en: `Dataset “${source}” has numeric targets, but ${self.en} predicts classes: ${CANNOT.en}.`,
                zh: `数据集“${source}”的目标值为数值，而${self.zh}用于分类：${CANNOT.zh}。`,
              }
            : {
                en: `Dataset “${source}” has ${field.classes} classes, but ${self.en} does not predict classes: ${CANNOT.en}.`,
                zh: `数据集“${source}”有 ${field.classes} 个类别，而${self.zh}不用于分类：${CANNOT.zh}。`,
              },
      };
  }
}
