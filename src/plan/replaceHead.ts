import { check } from '../check/check.ts';
import { layerIn } from '../check/faces.ts';
import { sameKind, targetField } from '../data/fit.ts';
import { fedFacts } from '../data/known.ts';
import type { Config, DocumentNode, NetworkDocument } from '../graph/document.ts';
import { applyEdits, type Edit } from '../graph/edits.ts';
import { readConfig } from '../layers/config.ts';
import { outputFor } from '../layers/index.ts';
import { type Offer, offerOf } from '../layers/presets.ts';
import type { Text } from '../text.ts';
import { type Head, type HeadLayer, headsOf, pathOf } from './head.ts';
import { replacement } from './replace.ts';

/** New head of an output, or the reason why it cannot be replaced. */
export type HeadPlan =
  | {
      readonly edits: readonly Edit[];
      /** Paths of the layers that get random weights. */
      readonly layers: readonly string[];
      /** Number of outputs of the head, by name of the output layer. */
      readonly sizes: Readonly<Record<string, number>>;
      readonly refused: null;
    }
  | { readonly refused: Text };

/** Edits inside the blocks of the document around a layer. */
export const editsAt = ({ around }: Pick<HeadLayer, 'around'>, edits: readonly Edit[]): readonly Edit[] =>
  around.reduceRight<readonly Edit[]>(
    (inner, { block }) => [{ kind: 'editBlock', block: block.id, edits: inner }],
    edits,
  );

/**
 * Replaces the heads of the network: as many outputs as the data has classes (or targets), random weights, not frozen. The
 * next run starts all other layers from the weights that they have.
 */
export function planReplaceHead(given: NetworkDocument): HeadPlan {
  const losses = lossesFor(given);
  const doc = applyEdits(given, losses);
  const heads = headsOf(doc);
  if (heads.length === 0) return { refused: NO_OUTPUT };
  const stuck = heads.find(({ layers }) => layers.length === 0);
  if (stuck !== undefined) return { refused: noHead(stuck.output) };
  const wanted = heads.map((head) => wantedSize(doc, head, heads.length));
  const odd = wanted.find((size): size is Text => typeof size === 'object');
  if (odd !== undefined) return { refused: odd };
  const sizes = wanted as readonly number[];
  const edits = heads.flatMap((head, i) => editsOf(doc, head, sizes[i] as number));
  const start: Edit = { kind: 'setRecipe', recipe: { ...doc.recipe, start: 'held' } };
  const before = check(doc);
  const result = check(applyEdits(doc, [...edits, start]));
  const broken = heads.find(({ output }, i) => {
    const report = result.nodes.get(output.id);
    const [shape = []] = Object.values(report?.inputs ?? {});
    const wrong = report?.diagnostics.some(({ severity }) => severity === 'error') === true;
    return wrong || shape[0] !== sizes[i];
  });
  if (broken !== undefined && before.graph !== null) return { refused: noHead(broken.output) };
  return {
    edits: [...losses, ...edits, start],
    layers: heads.flatMap(({ layers }) => layers.map(pathOf)),
    sizes: Object.fromEntries(heads.map(({ output }, i) => [output.name, sizes[i] as number])),
    refused: null,
  };
}

/** Replaces outputs without a loss, as in an imported model, with output layers for the data. */
function lossesFor(doc: NetworkDocument): readonly Edit[] {
  const ends = doc.nodes.filter(({ layer }) => layerIn(doc, layer)?.output !== undefined);
  const without = ends.filter(({ layer }) => layerIn(doc, layer)?.output?.loss === undefined);
  const { nodes } = check(doc);
  const facts = fedFacts(doc.data);
  return without.map((node) => {
    const [shape = []] = Object.values(nodes.get(node.id)?.inputs ?? {});
    const field = facts && targetField(facts.targets, { name: node.name, answers: 'class', shape }, ends.length);
    const layer = outputFor(field?.classes === null ? 'numbers' : 'class');
    const config: Config = layer.config.classes === undefined ? {} : { classes: Math.max(2, shape[0] ?? 2) };
    return replacement(doc, node, { ...(offerOf(layer.type) as Offer), config: () => config }, shape);
  });
}

/** Number of outputs for the data; that of the network if nothing is known about the data. */
function wantedSize(doc: NetworkDocument, { output }: Head, ends: number): number | Text {
  const answers = layerIn(doc, output.layer)?.output?.answers ?? 'numbers';
  const [shape = []] = Object.values(check(doc).nodes.get(output.id)?.inputs ?? {});
  const facts = fedFacts(doc.data);
  const field = facts && targetField(facts.targets, { name: output.name, answers, shape }, ends);
  if (field === null || answers === 'binary') return answers === 'binary' ? 1 : (shape[0] ?? classesOf(doc, output));
  if (!sameKind(field, { answers })) return otherKind(output, field.classes);
  return field.classes ?? field.shape.reduce((a, b) => a * b, 1);
}

const classesOf = (doc: NetworkDocument, { layer, config }: DocumentNode): number =>
  (readConfig(layerIn(doc, layer)?.config ?? {}, config).config.classes as number | undefined) ?? 1;

function editsOf(doc: NetworkDocument, { output, layers }: Head, size: number): readonly Edit[] {
  return [
    ...layers.flatMap((layer) => {
      const { node, key, around } = layer;
      const inside: Edit[] = [
        ...(key === null ? [] : [{ kind: 'setConfig', node: node.id, key, value: size } as const]),
        { kind: 'renewWeights', node: node.id },
        { kind: 'setFrozen', node: node.id, frozen: false },
      ];
      const thawed = around.map((each, i) =>
        editsAt({ around: around.slice(0, i) }, [{ kind: 'setFrozen', node: each.node.id, frozen: false }]),
      );
      return [...editsAt(layer, inside), ...thawed.flat()];
    }),
    ...ofOutput(doc, output, size),
  ];
}

/** The number of classes of an output layer; weights of other classes are dropped. */
function ofOutput(doc: NetworkDocument, output: DocumentNode, size: number): readonly Edit[] {
  const schema = layerIn(doc, output.layer)?.config ?? {};
  const { config } = readConfig(schema, output.config);
  if (schema.classes === undefined || config.classes === size) return [];
  const set = (key: string, value: number | readonly number[]): Edit => ({
    kind: 'setConfig',
    node: output.id,
    key,
    value,
  });
  const weights = config.classWeights as readonly number[] | undefined;
  const ignored = config.ignoreIndex as number | undefined;
  return [
    set('classes', size),
    ...(weights !== undefined && weights.length > 0 ? [set('classWeights', [])] : []),
    ...(ignored !== undefined && ignored >= size ? [set('ignoreIndex', -1)] : []),
  ];
}

const NO_OUTPUT: Text = {
  en: 'The network has no output layer, so it has no head to replace. Add an output layer.',
  zh: '网络没有输出层，因此没有可替换的输出头。请添加输出层。',
};

const noHead = ({ name }: DocumentNode): Text => ({
  en: `No layer before “${name}” determines the number of outputs alone, so the head was not found. Insert a Linear layer before “${name}”, or ungroup the block before it.`,
  zh: `“${name}”之前没有单独决定输出数的层，因此未找到输出头。请在“${name}”之前插入线性层，或取消其前面的块的编组。`,
});

const otherKind = ({ name }: DocumentNode, classes: number | null): Text =>
  classes === null
    ? {
        en: `The data has numeric targets, but “${name}” predicts classes. Replace “${name}” with a Regression layer first.`,
        zh: `数据的目标值为数值，而“${name}”用于分类。请先将“${name}”替换为回归输出层。`,
      }
    : {
        en: `The data has ${classes} classes, but “${name}” does not predict classes. Replace “${name}” with a Classifier layer first.`,
        zh: `数据有 ${classes} 个类别，而“${name}”不用于分类。请先将“${name}”替换为分类输出层。`,
      };
