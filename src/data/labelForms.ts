import { type Text, UserError } from '../text.ts';
import type { Dataset, Field } from './dataset.ts';
import { labelsFrom, MOST_CLASSES } from './labels.ts';

type ClassField = Extract<Field, { kind: 'classes' }>;

/** The error for data with more classes than labels can hold. `where`: the data, in words. */
export const tooManyClasses = (where: Text, classes: number, remedy: Text): UserError =>
  new UserError({
    en: `${where.en} has ${classes} classes; at most ${MOST_CLASSES.toLocaleString('en-US')} are supported. ${remedy.en}`,
    zh: `${where.zh}有 ${classes} 个类别，最多支持 ${MOST_CLASSES.toLocaleString('en-US')} 个。${remedy.zh}`,
  });

/** Samples of every class. */
export function classCounts({ classes, data }: ClassField): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const label of data) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
}

/**
 * The dataset with the classes that have samples, numbered from 0 in their order. A class without a name is called by its label in
 * the files.
 */
export function renumbered(dataset: Dataset): Dataset {
  const targets = dataset.targets.map((field): Field => {
    if (field.kind !== 'classes') return field;
    const occurring = classCounts(field).flatMap((count, label) => (count > 0 ? [label] : []));
    if (occurring.length === field.classes) return field;
    const numbers = new Map(occurring.map((label, at) => [label, at]));
    return {
      ...field,
      classes: occurring.length,
      names: occurring.map((label) => field.names?.[label] ?? `${label}`),
      data: labelsFrom(
        occurring.length,
        Array.from(field.data, (label) => numbers.get(label) as number),
      ),
    };
  });
  return { ...dataset, targets };
}

/** Names that are listed in a sentence. */
const LISTED = 3;

/** How the labels in the files became the classes of the first target. */
export function labelText({ targets: [target] }: Pick<Dataset, 'targets'>): Text {
  if (target?.kind !== 'classes') return { en: 'Targets are numbers.', zh: '目标为数值。' };
  const read = formText(target);
  const empty = classCounts(target).flatMap((count, label) => (count === 0 ? [label] : []));
  if (empty.length === 0) return read;
  const some = empty.slice(0, LISTED).map((label) => target.names?.[label] ?? label);
  const rest = empty.length > LISTED ? '…' : '';
  return {
    en: `${read.en} Classes without samples: ${some.join(', ')}${rest}${rest === '' ? '.' : ` (${empty.length})`}`,
    zh: `${read.zh}没有样本的类别：${some.join('、')}${rest}${rest === '' ? '。' : `（共 ${empty.length} 个）`}`,
  };
}

function formText({ classes, names, form, data }: ClassField): Text {
  const rest = classes > LISTED ? '…' : '.';
  if (names?.some((name, label) => name !== `${label}`)) {
    const isNumeric = names.every((name) => /^[-+]?\d+(\.\d*)?$/.test(name));
    const listed = names.slice(0, LISTED);
    return isNumeric
      ? {
          en: `Labels are numbers other than 0 to ${classes - 1}. Their classes: ${listed.map((name, label) => `label ${name} is class ${label}`).join(', ')}${rest}`,
          zh: `标签为 0 至 ${classes - 1} 以外的数。对应的类别：${listed.map((name, label) => `标签 ${name} 为类别 ${label}`).join('，')}${rest === '.' ? '。' : rest}`,
        }
      : {
          en: `Labels have names: ${listed.map((name, label) => `${name} is class ${label}`).join(', ')}${rest}`,
          zh: `标签有名称：${listed.map((name, label) => `${name} 为类别 ${label}`).join('，')}${rest === '.' ? '。' : rest}`,
        };
  }
  if (form === 'one-hot') {
    return {
      en: `Labels are one-hot rows of ${classes} values: the position of the 1 is the class.`,
      zh: `标签为长度 ${classes} 的独热编码：1 的位置即类别。`,
    };
  }
  let least = classes - 1;
  for (const label of data) least = Math.min(least, label);
  return least === 0
    ? { en: `Labels are class numbers from 0 to ${classes - 1}.`, zh: `标签为 0 至 ${classes - 1} 的类别编号。` }
    : {
        en: `Labels start at ${least}: ${least} to ${classes - 1}. They are used as class numbers.`,
        zh: `标签从 ${least} 开始：${least} 至 ${classes - 1}，直接用作类别编号。`,
      };
}
