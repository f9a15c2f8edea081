import type { Part } from '../data/dataset.ts';
import type { SplitSettings } from '../data/split.ts';
import { decimalOf } from '../decimal.ts';
import { readBytes } from '../engine/readBytes.ts';
import { type DataConfig, type NetworkDocument, type SplitConfig, splitSchema } from '../graph/document.ts';
import type { Text } from '../text.ts';
import { type OptionSpec, type Options, stringOption, UsageError } from './command.ts';

export const splitOption: OptionSpec = {
  type: 'string',
  value: 'SPLIT',
  help: {
    en: 'training, validation and test set: 80/20, 80/10/10, folds:5 (each fold once), folds:5:2, folders, column:NAME, files:TRAIN,VALIDATION,TEST, own (as the data comes); after shares and folds also :seed=N and :random (not stratified by class)',
    zh: '训练集、验证集和测试集：80/20、80/10/10、folds:5（每折各一次）、folds:5:2、folders、column:列名、files:训练,验证,测试、own（数据自带的划分）；比例和分折之后还可加 :seed=N 和 :random（不按类别分层）',
  },
};

/** The split that the user asks for. */
export interface AskedSplit {
  readonly settings: Partial<Pick<SplitSettings, 'validation' | 'splitSeed'>> & {
    readonly split: SplitConfig | undefined;
  };
  /** `folds:5` without a fold: each of them in turn. */
  readonly allFolds: boolean;
}

/** The document with the split of `--split`, of `folds:5` the first fold. Throws UserError. */
export async function withSplit(document: NetworkDocument, options: Options): Promise<NetworkDocument> {
  const asked = await askedSplit(options);
  return asked === null ? document : { ...document, data: withAskedSplit(document.data, asked) };
}

export function withAskedSplit<D extends Omit<DataConfig, 'source'>>(data: D, { settings }: AskedSplit): D {
  const { split: before, facts, ...rest } = data;
  const { split, ...shares } = settings;
  // A column that splits a table is no feature, so the facts of the table change with it.
  const isStale = before?.kind === 'column' || split?.kind === 'column';
  // The counts of an assignment are those of the split before.
  const { assigned: _, ...known } = facts ?? {};
  return { ...rest, ...(facts && !isStale && { facts: known }), ...shares, ...(split && { split }) } as D;
}

/** The split of `--split`; null without the option. Reads the lists of files. Throws UserError. */
export async function askedSplit(options: Options): Promise<AskedSplit | null> {
  const written = stringOption(options, 'split');
  if (written === undefined) return null;
  const read = readSplit(written.trim());
  return 'lists' in read ? { settings: { split: await listed(read.lists) }, allFolds: false } : read;
}

type FileLists = Partial<Record<Part, string>>;

/** Reads a split as it is written; of lists of files their paths. Throws UsageError. */
export function readSplit(written: string): AskedSplit | { readonly lists: FileLists } {
  if (written === 'own') return { settings: { split: undefined }, allFolds: false };
  const at = written.indexOf(':');
  const [kind, rest] = at < 0 ? [written, ''] : [written.slice(0, at), written.slice(at + 1)];
  switch (kind) {
    case 'folders':
      return assignment({ kind, parts: readParts(rest, written) });
    case 'column': {
      const cut = rest.includes('=') ? rest.lastIndexOf(':') : -1;
      const [column, parts] = cut < 0 ? [rest, ''] : [rest.slice(0, cut), rest.slice(cut + 1)];
      if (column === '') throw wrong(written, NO_COLUMN);
      return assignment({ kind, column, parts: readParts(parts, written) });
    }
    case 'files':
      return { lists: readLists(rest, written) };
    case 'folds':
      return readFolds(rest, written);
    default:
      if (/^[\d.]/.test(kind)) return readShares(kind, rest, written);
      throw wrong(written, UNKNOWN);
  }
}

const assignment = (split: SplitConfig): AskedSplit => ({ settings: { split }, allFolds: false });

/** `80/20` or `80/10/10`, in percent or as fractions of 1. */
function readShares(shares: string, more: string, written: string): AskedSplit {
  const numbers = shares.split('/').map((each) => decimalOf(each.replace(/%$/, '')));
  const sum = numbers.reduce((a, b) => a + b, 0);
  const whole = Math.abs(sum - 1) < 1e-6 ? 1 : 100;
  if (![2, 3].includes(numbers.length) || numbers.some(Number.isNaN)) throw wrong(written, UNKNOWN);
  if (Math.abs(sum - whole) > 1e-4 * whole) throw wrong(written, sumOf(sum));
  const [train = 0, validation = 0, test = 0] = numbers.map((each) => each / whole);
  if (train <= 0 || validation <= 0 || test < 0) throw wrong(written, NOTHING);
  const { seed, stratified } = readMore(more === '' ? [] : more.split(':'), written);
  return { settings: { validation, ...seed, split: { kind: 'share', test, stratified } }, allFolds: false };
}

/** `folds:5`, `folds:5:2`. */
function readFolds(rest: string, written: string): AskedSplit {
  const [count = '', ...words] = rest.split(':');
  const hasFold = words[0] !== undefined && /^[-\d.]/.test(words[0]);
  const { seed, stratified } = readMore(words.slice(hasFold ? 1 : 0), written);
  const folds = decimalOf(count);
  const fold = hasFold ? decimalOf(words[0] as string) : 1;
  const read = splitSchema.safeParse({ kind: 'folds', folds, fold, stratified });
  if (!read.success || fold > folds) throw wrong(written, FOLDS);
  return { settings: { ...seed, split: read.data }, allFolds: !hasFold };
}

/** The words after shares and folds: `seed=3`, `random`. */
function readMore(words: readonly string[], written: string) {
  let stratified = true;
  let seed: { readonly splitSeed?: number } = {};
  for (const word of words) {
    const number = /^seed=(\d+)$/.exec(word)?.[1];
    if (word === 'random') stratified = false;
    else if (number !== undefined && Number(number) <= MOST_SEED) seed = { splitSeed: Number(number) };
    else throw wrong(written, MORE);
  }
  return { seed, stratified };
}

const MOST_SEED = 4_294_967_295;

const PART_WORDS: Readonly<Record<string, Part | 'unused'>> = {
  train: 'train',
  validation: 'validation',
  val: 'validation',
  test: 'test',
  unused: 'unused',
};

/** `a=train,b=test`. */
function readParts(text: string, written: string): Readonly<Record<string, Part | 'unused'>> {
  const pairs = text === '' ? [] : text.split(',');
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.lastIndexOf('=');
      const part = Object.hasOwn(PART_WORDS, pair.slice(at + 1)) ? PART_WORDS[pair.slice(at + 1)] : undefined;
      if (at < 1 || part === undefined) throw wrong(written, PARTS_OF);
      return [pair.slice(0, at), part];
    }),
  );
}

const LIST_PARTS: readonly Part[] = ['train', 'validation', 'test'];

/** `train.txt,val.txt,test.txt`, or by name: `validation=val.txt,test=test.txt`. */
function readLists(text: string, written: string): FileLists {
  const lists: Record<string, string> = {};
  for (const [place, item] of text.split(',').entries()) {
    const at = item.indexOf('=');
    const named = at > 0 && Object.hasOwn(PART_WORDS, item.slice(0, at)) ? PART_WORDS[item.slice(0, at)] : undefined;
    const part = named ?? LIST_PARTS[place];
    const path = named === undefined ? item : item.slice(at + 1);
    if (part === undefined || part === 'unused' || path.trim() === '' || part in lists) throw wrong(written, LISTS);
    lists[part] = path;
  }
  return lists;
}

async function listed(lists: FileLists): Promise<SplitConfig> {
  const names = await Promise.all(
    Object.entries(lists).map(async ([part, path]) => [part, namesIn(await readBytes(path), path)] as const),
  );
  return { kind: 'files', ...Object.fromEntries(names) };
}

function namesIn(bytes: Uint8Array, path: string): readonly string[] {
  const lines = new TextDecoder().decode(bytes).split(/\r?\n/);
  const names = lines.map((line) => line.trim()).filter((line) => line !== '');
  if (names.length > 0 && names.every((name) => !name.includes('\0'))) return names;
  throw new UsageError({
    en: `“${path}” is not a list of files. Write one path below the dataset per line.`,
    zh: `“${path}”不是文件列表。请每行写一个相对于数据集的路径。`,
  });
}

const wrong = (written: string, { en, zh }: Text) =>
  new UsageError({ en: `--split ${written}: ${en}`, zh: `--split ${written}：${zh}` });

const UNKNOWN: Text = {
  en: 'There is no such split. Use 80/20, 80/10/10, folds:5, folders, column:NAME, files:TRAIN,VALIDATION or own.',
  zh: '没有这种划分。请使用 80/20、80/10/10、folds:5、folders、column:列名、files:训练,验证 或 own。',
};

const sumOf = (sum: number): Text => ({
  en: `The shares add up to ${Number(sum.toPrecision(6))}. Give shares for training, validation and test that add up to 100 (or 1): 80/10/10`,
  zh: `各比例之和为 ${Number(sum.toPrecision(6))}。训练、验证和测试的比例之和应为 100（或 1）：80/10/10`,
});

const NOTHING: Text = {
  en: 'Training and validation need samples each: both shares must be greater than 0. For example: 80/20',
  zh: '训练和验证都需要样本，两者的比例都必须大于 0。例如：80/20',
};

const FOLDS: Text = {
  en: 'Give a number of folds from 2 to 100, and optionally a fold, counted from 1: folds:5 trains each fold once, folds:5:2 only fold 2.',
  zh: '请给出 2 到 100 之间的折数，还可指定从 1 开始的折号：folds:5 每折各训练一次，folds:5:2 只训练第 2 折。',
};

const MORE: Text = {
  en: 'Shares and folds may be followed by :seed=N (a whole number) and :random (not stratified by class).',
  zh: '比例和分折之后可加 :seed=N（整数）和 :random（不按类别分层）。',
};

const NO_COLUMN: Text = { en: 'Give the name of a column: column:part', zh: '请给出列名：column:part' };

const PARTS_OF: Text = {
  en: 'Assign values as VALUE=PART, where the part is train, validation, test or unused: column:fold:1=validation,2=train',
  zh: '请按“值=部分”指定，部分为 train、validation、test 或 unused：column:fold:1=validation,2=train',
};

const LISTS: Text = {
  en: 'Give at most one list of files for each part: files:train.txt,val.txt or files:validation=val.txt,test=test.txt',
  zh: '每个部分最多给出一个文件列表：files:train.txt,val.txt 或 files:validation=val.txt,test=test.txt',
};
