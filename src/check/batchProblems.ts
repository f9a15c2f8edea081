import { factsOf, splitCounts } from '../data/known.ts';
import type { Fix } from '../graph/diagnostic.ts';
import type { DocumentNode, NetworkDocument } from '../graph/document.ts';
import { usesBatch } from '../graph/frozenBatchNorm.ts';
import { layerOf } from '../layers/index.ts';
import type { Shape } from '../layers/layer.ts';
import { type Drawing, nodeText } from './drawing.ts';
import { replaceFix } from './fixes.ts';
import type { DraftDiagnostic } from './report.ts';

/** A batch norm that is trained, in the drawing or inside one of its blocks. */
interface Normalizing {
  /** The node in the drawing: the layer itself, or the block. */
  readonly node: DocumentNode;
  /** Number of values of one sample that share a mean. */
  readonly perChannel: number;
  readonly inside: boolean;
}

const perChannel = (shape: Shape): number => shape.slice(1).reduce((a, b) => a * b, 1);

/** A usual batch size, large enough for the statistics of batch norm. */
const USUAL = 32;

/**
 * Batch norm uses mean and variance of the batch. With one value per channel the variance is 0 and the output is only the
 * shift (PyTorch refuses to train this); with one sample the statistics do not describe the others.
 */
export function batchProblems(drawing: Drawing, used: ReadonlySet<string>): DraftDiagnostic[] {
  const all = normalizingIn(drawing, used);
  const [first] = [...all].sort((a, b) => a.perChannel - b.perChannel);
  if (first === undefined) return [];
  const { batchSize } = drawing.doc.recipe;
  if (batchSize === 1) return [ofOneSample(drawing, first, all.length)];
  const rest = restOf(drawing.doc);
  return first.perChannel === 1 && rest === 1 ? [lastOfOne(drawing, first)] : [];
}

function normalizingIn(
  { doc: { recipe }, wiring, byId, inferences }: Drawing,
  used: ReadonlySet<string>,
): readonly Normalizing[] {
  return wiring.order.flatMap((id): Normalizing[] => {
    const node = byId.get(id);
    const inference = inferences.get(id) ?? null;
    if (node === undefined || inference === null || !usesBatch(node, recipe) || !used.has(id)) return [];
    if (inference.kind.layer.overBatch) {
      const [shape] = Object.values(inference.inputs);
      return shape === undefined ? [] : [{ node, perChannel: perChannel(shape), inside: false }];
    }
    const leaves = inference.inside?.copies.flatMap(({ memory }) => memory.result.graph?.nodes ?? []) ?? [];
    return leaves
      .filter((leaf) => leaf.layer.overBatch && usesBatch(leaf.node, recipe))
      .map(({ inputs }) => ({ node, perChannel: perChannel(Object.values(inputs)[0] ?? []), inside: true }));
  });
}

/** Number of samples in the last batch of an epoch; null if the dataset has to be opened to know. */
function restOf({ data, recipe }: NetworkDocument, batchSize = recipe.batchSize): number | null {
  const facts = factsOf(data);
  const train = (facts && splitCounts(facts, data)?.train) ?? 0;
  return train > batchSize ? train % batchSize : null;
}

function ofOneSample(
  drawing: Drawing,
  { node, perChannel: numbers, inside }: Normalizing,
  count: number,
): DraftDiagnostic {
  const self = nodeText(node, drawing.kinds.get(node.id)?.layer);
  const one = numbers === 1;
  return {
    code: 'batch-norm-batch-1',
    node: node.id,
    port: null,
    message: one
      ? {
          en: `With batch size 1, batch norm in ${self.en} has one value per channel, so the variance is 0 and nothing is learned. Use a larger batch size.`,
          zh: `批量大小为 1 时，${self.zh}的批量规范化在每个通道上只有一个值，方差为 0，无法学习。请增大批量大小。`,
        }
      : {
          en: `With batch size 1, batch norm in ${self.en} normalizes each sample separately, so predictions differ from training. Use a larger batch size.`,
          zh: `批量大小为 1 时，${self.zh}的批量规范化只看单个样本，预测与训练不一致。请增大批量大小。`,
        },
    fixes: drawing.offering ? [batchFix(drawing.doc, USUAL), ...(inside || count > 1 ? [] : withoutBatch(node))] : [],
  };
}

function lastOfOne(drawing: Drawing, { node }: Normalizing): DraftDiagnostic {
  const self = nodeText(node, drawing.kinds.get(node.id)?.layer);
  const { batchSize } = drawing.doc.recipe;
  return {
    code: 'batch-norm-last-batch',
    node: node.id,
    port: null,
    message: {
      en: `With batch size ${batchSize}, the last batch of each epoch has one sample, so batch norm in ${self.en} has one value per channel and that step learns nothing. Use another batch size.`,
      zh: `批量大小为 ${batchSize} 时，每轮最后一个小批量只有一个样本，${self.zh}的批量规范化在每个通道上只有一个值，这一步无法学习。请更换批量大小。`,
    },
    fixes: drawing.offering ? [batchFix(drawing.doc, otherBatch(drawing.doc))] : [],
  };
}

/** The nearest batch size that does not leave a single sample. */
function otherBatch(doc: NetworkDocument): number {
  const { batchSize } = doc.recipe;
  for (let off = 1; ; off++) {
    for (const size of [batchSize + off, batchSize - off]) if (size > 1 && restOf(doc, size) !== 1) return size;
  }
}

const batchFix = ({ recipe }: NetworkDocument, batchSize: number): Fix => ({
  title: { en: `Set batch size to ${batchSize}`, zh: `将批量大小设为 ${batchSize}` },
  edits: [{ kind: 'setRecipe', recipe: { ...recipe, batchSize } }],
});

/** Fixes: normalization over each sample, which does not depend on the batch. */
function withoutBatch(node: DocumentNode): Fix[] {
  const instead = layerOf(node.layer)?.overBatch?.instead;
  const layer = instead && layerOf(instead.layer);
  return layer === undefined ? [] : [replaceFix(node, layer, instead?.config)];
}
