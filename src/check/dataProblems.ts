import { type DataFacts, factsOf } from '../data/known.ts';
import type { Fix } from '../graph/diagnostic.ts';
import type { DocumentNode } from '../graph/document.ts';
import { shapeText } from '../layers/config.ts';
import { layerOf } from '../layers/index.ts';
import { type Drawing, nodeText } from './drawing.ts';
import { replaceFix, setConfigFix } from './fixes.ts';
import type { Inference } from './inference.ts';
import { featuresFix } from './layerFixes.ts';
import type { Found } from './report.ts';
import { sameValue } from './sameValue.ts';

/**
 * Where a network does not fit the data that it is to learn from. It can be drawn and exported all the same, so these are
 * warnings. Data that has to be opened is checked by the engine alone.
 */
export function dataProblems(drawing: Drawing, used: ReadonlySet<string>): Found[] {
  const { source } = drawing.doc.data;
  const facts = factsOf(source);
  if (facts === null) return [];
  const ends = drawing.wiring.order.flatMap((id): End[] => {
    const inference = drawing.inferences.get(id) ?? null;
    const node = drawing.byId.get(id);
    return inference === null || node === undefined || !used.has(id) ? [] : [{ node, inference }];
  });
  const inputs = ends.filter(({ node: { layer } }) => layer === 'input');
  const outputs = ends.filter(({ inference }) => inference.kind.layer.output !== undefined);
  return [
    ...inputs.flatMap((end) => wrongShape(source, facts, end, inputs.length) ?? []),
    ...outputs.flatMap((end) => wrongAnswers(drawing, source, facts, end, outputs.length) ?? []),
  ];
}

interface End {
  readonly node: DocumentNode;
  readonly inference: Inference;
}

/** By name, or the only one (as the engine matches them). */
const fieldFor = <F extends { readonly name: string }>(fields: readonly F[], name: string, ends: number): F | null =>
  fields.find((field) => field.name === name) ?? (fields.length === 1 && ends === 1 ? (fields[0] as F) : null);

function wrongShape(source: string, { inputs }: DataFacts, { node, inference }: End, ends: number): Found | null {
  const field = fieldFor(inputs, node.name, ends);
  const { layer, config } = inference.kind;
  const shape = config.shape as readonly number[];
  if (field === null || sameValue(field.shape, shape)) return null;
  const [has, takes] = [shapeText(field.shape), shapeText(shape)];
  return {
    code: 'data-shape',
    node: node.id,
    port: 'config.shape',
    message: {
      en: `The samples of the data '${source}' are ${has}, but ${nodeText(node, layer).en} takes ${takes}: the network cannot be trained on them.`,
      zh: `数据“${source}”的样本为 ${has}，而${nodeText(node, layer).zh} 接收 ${takes}，无法用它训练。`,
    },
    fixes: [setConfigFix(node, layer, 'shape', [...field.shape])],
  };
}

function wrongAnswers(
  drawing: Drawing,
  source: string,
  { targets }: DataFacts,
  { node, inference }: End,
  ends: number,
): Found | null {
  const field = fieldFor(targets, node.name, ends);
  const { layer } = inference.kind;
  const answers = layer.output?.answers;
  if (field === null || answers === undefined) return null;
  const self = nodeText(node, layer);
  if (field.classes === null) {
    const regression = layerOf('regression');
    if (answers !== 'class' || regression === undefined) return null;
    return {
      code: 'data-answers',
      node: node.id,
      port: null,
      message: {
        en: `The answers in the data '${source}' are numbers, but ${self.en} tells classes apart: the network cannot be trained on them.`,
        zh: `数据“${source}”的答案是数值，而${self.zh} 用于区分类别，无法用它训练。`,
      },
      fixes: [withFeatures(drawing, node, replaceFix(node, regression), field.shape[0] ?? 1)],
    };
  }
  const classifier = layerOf('classifier');
  if (answers === 'numbers' || (answers === 'binary' && field.classes > 2)) {
    if (classifier === undefined) return null;
    return {
      code: 'data-answers',
      node: node.id,
      port: null,
      message: {
        en: `The data '${source}' has ${field.classes} classes, which ${self.en} cannot tell apart: the network cannot be trained on it.`,
        zh: `数据“${source}”有 ${field.classes} 个类别，${self.zh} 无法区分，不能用它训练。`,
      },
      fixes: [withFeatures(drawing, node, replaceFix(node, classifier, { classes: field.classes }), field.classes)],
    };
  }
  const told = Object.values(inference.inputs)[0]?.[0] ?? 0;
  if (answers !== 'class' || told >= field.classes) return null;
  return {
    code: 'data-classes',
    node: node.id,
    port: 'config.classes',
    message: {
      en: `The data '${source}' has ${field.classes} classes, but ${self.en} tells only ${told} apart: the network cannot be trained on it.`,
      zh: `数据“${source}”有 ${field.classes} 个类别，而${self.zh} 只区分 ${told} 个，不能用它训练。`,
    },
    fixes: [withFeatures(drawing, node, setConfigFix(node, layer, 'classes', field.classes), field.classes)],
  };
}

/** The fix, and the layer before the output gives as many numbers as the output now takes. */
function withFeatures(drawing: Drawing, node: DocumentNode, fix: Fix, count: number): Fix {
  const port = Object.keys(drawing.inferences.get(node.id)?.inputs ?? {})[0] ?? '';
  const given = drawing.inferences.get(node.id)?.inputs[port]?.[0];
  const features = given === count ? null : featuresFix(drawing, node, { port, value: count });
  if (features === null) return fix;
  return {
    title: { en: `${fix.title.en}; ${lowerFirst(features.title.en)}`, zh: `${fix.title.zh}；${features.title.zh}` },
    edits: [...fix.edits, ...features.edits],
  };
}

const lowerFirst = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1);
