import type { DataFacts } from '../graph/document.ts';
import { UserError } from '../text.ts';
import type { Dataset } from './dataset.ts';
import { dataName, factsFrom } from './known.ts';

/** Facts that decide which numbers go into and out of a network; the number of samples may grow. */
const decisive = ({ inputs, targets }: DataFacts, isNamed: boolean): string =>
  JSON.stringify([
    inputs,
    targets.map(({ name, shape, classes, names }) => [name, shape, classes, isNamed ? (names ?? null) : null]),
  ]);

/**
 * Throws UserError if own data has other classes or shapes than when it was chosen: with a new class folder, for example, the
 * numbers of the classes would no longer be those that the network was trained on.
 */
export function requireSameFacts(source: string, facts: DataFacts, data: Dataset): void {
  const now = factsFrom(data);
  // An older version may have known no names for the same classes.
  const isNamed = facts.targets.some(({ names }) => names !== undefined);
  if (decisive(now, isNamed) === decisive(facts, isNamed)) return;
  const [before, after] = [facts, now].map(({ targets: [target] }) => target?.names ?? []);
  const [added, removed] = [
    (after ?? []).filter((name) => !before?.includes(name)),
    (before ?? []).filter((name) => !after?.includes(name)),
  ];
  const signs = [...added.map((name) => `+${name}`), ...removed.map((name) => `−${name}`)];
  const change =
    signs.length === 0 ? { en: '', zh: '' } : { en: ` (${signs.join(', ')})`, zh: `（${signs.join('、')}）` };
  throw new UserError({
    en: `The classes or shapes of dataset “${dataName(source)}” have changed since it was chosen${change.en}. Choose it again in the Data workspace (command line: --data), then train from scratch, or restore the files.`,
    zh: `数据集“${dataName(source)}”的类别或形状在选定之后已改变${change.zh}。请在“数据”工作区重新选择（命令行：--data）并从头训练，或恢复原来的文件。`,
  });
}
