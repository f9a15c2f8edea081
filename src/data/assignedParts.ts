import type { SplitConfig } from '../graph/document.ts';
import { UserError } from '../text.ts';
import { type Dataset, NO_GROUP, PARTS, type Part, UNUSED } from './dataset.ts';
import { fileFinder } from './fileFinder.ts';
import { partNamed } from './partNames.ts';

/** A split that names the part of every sample. */
export type Assignment = Extract<SplitConfig, { kind: 'folders' | 'column' | 'files' }>;

export const isAssignment = (split: SplitConfig | undefined): split is Assignment =>
  split?.kind === 'folders' || split?.kind === 'column' || split?.kind === 'files';

type AssignedData = Pick<Dataset, 'name' | 'count' | 'files' | 'groupings' | 'unreadable'>;

/** One of `PARTS` or `UNUSED` for every sample. Throws UserError where the split does not fit the data. */
export function assignedParts(data: AssignedData, split: Assignment): Uint8Array {
  switch (split.kind) {
    case 'column':
      return byColumn(data, split);
    case 'folders':
      return byFolder(data, split);
    case 'files':
      return byList(data, split);
  }
}

const markOf = (part: Part | 'unused'): number => (part === 'unused' ? UNUSED : PARTS[part]);

function byColumn(
  { name, groupings = [] }: AssignedData,
  { column, parts }: Extract<Assignment, { kind: 'column' }>,
): Uint8Array {
  const grouping = groupings.find((each) => each.name === column);
  if (grouping === undefined) throw noColumn(name, column, groupings);
  const unknown = Object.keys(parts).find((value) => !grouping.values.includes(value));
  if (unknown !== undefined) throw noValue(name, column, unknown, grouping.values);
  const marks = grouping.values.map((value) => {
    const part = Object.hasOwn(parts, value) ? parts[value] : partNamed(value);
    if (part === undefined || part === null) throw noPart(`“${column}”`, value, `column:${column}:${value}=train`);
    return markOf(part);
  });
  return grouping.data.map((place) => (place === NO_GROUP ? UNUSED : (marks[place] as number)));
}

/** The innermost folder with a part decides: `patients/test/7.png` is tested on. */
function byFolder({ name, files }: AssignedData, { parts }: Extract<Assignment, { kind: 'folders' }>): Uint8Array {
  if (files === undefined) throw noFiles(name);
  const folders = files.map((file) => file.split('/').slice(0, -1));
  const unknown = Object.keys(parts).find((folder) => !folders.some((names) => names.includes(folder)));
  if (unknown !== undefined) throw noFolder(name, unknown, [...new Set(folders.flat())]);
  return Uint8Array.from(folders, (names, at) => {
    const folder = names.findLast((each) => Object.hasOwn(parts, each) || partNamed(each) !== null);
    const part = folder === undefined ? null : Object.hasOwn(parts, folder) ? parts[folder] : partNamed(folder);
    if (part === undefined || part === null) {
      const outer = names[0];
      if (outer === undefined) throw loose(name, files[at] as string);
      throw noPart(`“${name}”`, outer, `folders:${outer}=train`);
    }
    return markOf(part);
  });
}

function byList(
  { name, files, count, unreadable = [] }: AssignedData,
  split: Extract<Assignment, { kind: 'files' }>,
): Uint8Array {
  if (files === undefined) throw noFiles(name);
  const marks = new Uint8Array(count).fill(split.train === undefined ? PARTS.train : UNUSED);
  const listed = new Uint8Array(count);
  const find = fileFinder(files);
  const left = fileFinder(unreadable.map(({ file }) => file));
  for (const part of ['train', 'validation', 'test'] as const) {
    for (const written of split[part] ?? []) {
      const found = find(written);
      const [at] = found;
      if (at === undefined) {
        if (left(written).length > 0) continue;
        throw notListed(name, written, part);
      }
      if (found.length > 1) throw ambiguous(name, written, files[at] as string, files[found[1] as number] as string);
      if (listed[at] === 1 && marks[at] !== PARTS[part]) throw twice(written);
      listed[at] = 1;
      marks[at] = PARTS[part];
    }
  }
  return marks;
}

/** The first names of a list. */
const some = (names: readonly string[]): string => names.slice(0, 8).join(', ') + (names.length > 8 ? ', …' : '');

const noColumn = (name: string, column: string, groupings: NonNullable<AssignedData['groupings']>) => {
  const known = groupings.map((each) => each.name);
  const columns = some(known);
  return new UserError({
    en: `“${name}” has no column “${column}” to split by. ${known.length === 0 ? 'Split it by share: --split 80/20' : `Columns with few values: ${columns}.`}`,
    zh: `“${name}”没有可用于划分的列“${column}”。${known.length === 0 ? '请按比例划分：--split 80/20' : `取值较少的列：${columns}。`}`,
  });
};

const noValue = (name: string, column: string, value: string, values: readonly string[]) =>
  new UserError({
    en: `Column “${column}” of “${name}” has no value “${value}”. Its values: ${some(values)}.`,
    zh: `“${name}”的列“${column}”没有值“${value}”。现有的值：${some(values)}。`,
  });

const noPart = (of: string, value: string, example: string) =>
  new UserError({
    en: `“${value}” of ${of} belongs to no part. Assign it to train, validation, test or unused: --split ${example}`,
    zh: `${of}的“${value}”未指定所属部分。请指定为 train、validation、test 或 unused：--split ${example}`,
  });

const noFiles = (name: string) =>
  new UserError({
    en: `The samples of “${name}” are not files of their own. Split by share (--split 80/20) or by a column (--split column:NAME).`,
    zh: `“${name}”的样本不是单独的文件。请按比例（--split 80/20）或按列（--split column:NAME）划分。`,
  });

const noFolder = (name: string, folder: string, folders: readonly string[]) =>
  new UserError({
    en: `“${name}” has no folder “${folder}” with samples. Its folders: ${some(folders)}.`,
    zh: `“${name}”中没有含样本的文件夹“${folder}”。现有的文件夹：${some(folders)}。`,
  });

const loose = (name: string, file: string) =>
  new UserError({
    en: `File “${file}” of “${name}” is in no folder, so a split by folders cannot place it. Split by share (--split 80/20) or by a list of files.`,
    zh: `“${name}”的文件“${file}”不在任何文件夹中，无法按文件夹划分。请按比例（--split 80/20）或按文件列表划分。`,
  });

const PART_WORDS: Readonly<Record<Part, string>> = { train: '训练集', validation: '验证集', test: '测试集' };

const notListed = (name: string, file: string, part: Part) =>
  new UserError({
    en: `“${name}” has no file “${file}”, which the list of ${part} files names. Write paths below the dataset, one per line.`,
    zh: `“${name}”中没有${PART_WORDS[part]}列表中的文件“${file}”。请每行写一个相对于数据集的路径。`,
  });

const ambiguous = (name: string, written: string, one: string, other: string) =>
  new UserError({
    en: `“${written}” in the list of files may be “${one}” or “${other}” of “${name}”. Write the whole path below the dataset.`,
    zh: `文件列表中的“${written}”可能是“${name}”中的“${one}”或“${other}”。请写出相对于数据集的完整路径。`,
  });

const twice = (file: string) =>
  new UserError({
    en: `“${file}” is in two lists of files. Samples that are trained on must not be validated or tested on: keep it in one list.`,
    zh: `“${file}”同时出现在两个文件列表中。训练样本不能用于验证或测试：请只保留在一个列表中。`,
  });
