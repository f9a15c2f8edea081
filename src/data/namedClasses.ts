import { UserError } from '../text.ts';
import type { Dataset, Field } from './dataset.ts';

/**
 * A dataset whose classes are numbered as `names` are, so that a network that was trained on those is judged by the right ones. A dataset
 * without names of classes stays as it is. Throws UserError for a class that is not among the names.
 */
export function withClassesOf(dataset: Dataset, names: readonly string[] | undefined): Dataset {
  if (names === undefined) return dataset;
  const renumbered = (field: Field): Field => {
    if (field.kind !== 'classes' || field.names === undefined) return field;
    const numbers = field.names.map((name) => names.indexOf(name));
    const unknown = field.names[numbers.indexOf(-1)];
    if (unknown !== undefined) throw unknownClass(dataset.name, unknown, names);
    return { ...field, classes: names.length, names, data: field.data.map((label) => numbers[label] as number) };
  };
  return { ...dataset, targets: dataset.targets.map(renumbered) };
}

const unknownClass = (data: string, name: string, names: readonly string[]) =>
  new UserError({
    en: `Class “${name}” of “${data}” is not one of the classes that the network was trained on: ${names.join(', ')}. Rename the folder or label, or leave its samples out.`,
    zh: `“${data}”中的类别“${name}”不是网络训练时的类别：${names.join('、')}。请重命名该文件夹或标签，或去除这些样本。`,
  });
