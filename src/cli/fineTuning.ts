import { fedFacts, isOwn } from '../data/known.ts';
import { readWeights, writeWeights } from '../engine/weights.ts';
import type { NetworkDocument } from '../graph/document.ts';
import { applyEdit, applyEdits, type Edit } from '../graph/edits.ts';
import { movesOfStep, type WeightMoves, withMovedNames } from '../graph/weightMoves.ts';
import { nearest } from '../nearest.ts';
import { freezeBody, unfreezeAll } from '../plan/freezing.ts';
import { bodyGroups, withGroups } from '../plan/rateGroups.ts';
import { planReplaceHead } from '../plan/replaceHead.ts';
import { UserError } from '../text.ts';
import { type OptionSpec, type Options, positiveOption, stringOption, UsageError } from './command.ts';
import type { Output } from './output.ts';

/** Options of `train` for networks that are trained already. */
export const fineTuningOptions: Readonly<Record<string, OptionSpec>> = {
  'replace-head': {
    type: 'boolean',
    help: {
      en: 'new last layer for the classes of the data, with random weights; the other layers start from the weights in FILE, or of --from',
      zh: '按数据的类别更换最后一层并随机初始化；其他层从 FILE（或 --from）的权重开始',
    },
  },
  freeze: {
    type: 'string',
    value: 'body|none|LAYER,…',
    help: {
      en: 'frozen layers: body (all but the head), none, or these layers and blocks',
      zh: '冻结的层：body（输出头以外的层）、none（不冻结），或列出的层和块',
    },
  },
  'body-rate': {
    type: 'string',
    value: 'X',
    help: {
      en: 'learning rate of all layers but the head, as a fraction of that of the head, such as 0.1',
      zh: '输出头以外各层的学习率，为输出头学习率的倍数，如 0.1',
    },
  },
};

export interface FineTuned {
  readonly document: NetworkDocument;
  /** Renamings of weights that go with the changes. */
  readonly moves: readonly WeightMoves[];
}

/**
 * The document with a new head, frozen layers and groups that the options ask for. `opened` returns the document with the
 * facts of its data. Throws UserError.
 */
export async function withFineTuning(
  document: NetworkDocument,
  options: Options,
  output: Pick<Output, 'note'>,
  opened: (document: NetworkDocument) => Promise<NetworkDocument>,
): Promise<FineTuned> {
  let tuned: FineTuned = { document, moves: [] };
  const apply = (edits: readonly Edit[]) => {
    const moves = movesOfStep(tuned.document, edits, applyEdit);
    tuned = { document: applyEdits(tuned.document, edits), moves: [...tuned.moves, ...moves] };
  };
  if (options['replace-head'] === true) {
    const known = isOwn(document.data) && fedFacts(document.data) === null ? await opened(document) : document;
    const plan = planReplaceHead(known);
    if (plan.refused !== null) throw new UserError(plan.refused);
    apply(plan.edits);
    const [size, layers] = [Object.values(plan.sizes).join(', '), plan.layers.join(', ')];
    output.note({
      en: `New head ${layers} with ${size} outputs, from random weights.`,
      zh: `新的输出头 ${layers}：${size} 个输出，随机初始化。`,
    });
  }
  const freeze = stringOption(options, 'freeze');
  if (freeze !== undefined) apply(freezing(tuned.document, freeze));
  const rate = positiveOption(options, 'body-rate', 0.1);
  if (rate !== undefined) {
    const groups = bodyGroups(tuned.document, rate);
    if (groups === null) throw noHead();
    apply([{ kind: 'setRecipe', recipe: withGroups(tuned.document.recipe, groups) }]);
  }
  return tuned;
}

/** Edits for `--freeze`. Throws UserError. */
function freezing(document: NetworkDocument, wanted: string): readonly Edit[] {
  if (wanted === 'none') return unfreezeAll(document);
  if (wanted === 'body') {
    const edits = freezeBody(document);
    if (edits === null) throw noHead();
    return edits;
  }
  return wanted.split(',').map((each): Edit => {
    const name = each.trim();
    const node = document.nodes.find((candidate) => candidate.name === name);
    if (node !== undefined) return { kind: 'setFrozen', node: node.id, frozen: true };
    const near = nearest(
      name,
      document.nodes.map((other) => other.name),
    );
    throw new UsageError({
      en: `--freeze: there is no layer “${name}”.${near.length > 0 ? ` Did you mean ${near.join(', ')}?` : ''} Use body, none, or names of layers separated by commas.`,
      zh: `--freeze：没有名为“${name}”的层。${near.length > 0 ? `是否指 ${near.join('、')}？` : ''}请用 body、none，或以逗号分隔的层名。`,
    });
  });
}

const noHead = (): UserError =>
  new UserError({
    en: 'The head was not found: no layer before the output determines the number of outputs alone. Name the layers: --freeze LAYER,…',
    zh: '未找到输出头：输出层之前没有单独决定输出数的层。请列出层名：--freeze LAYER,…',
  });

/** Weights with the names after these moves: the bytes of a safetensors file. */
export const movedWeights = (bytes: Uint8Array | null, moves: readonly WeightMoves[], file: string) =>
  bytes === null || moves.length === 0
    ? bytes
    : writeWeights(withMovedNames(readWeights(bytes, `${file}/weights.safetensors`), moves));
