import type { RunRecord } from '../../../src/runs/record.ts';
import { variedKeys } from '../../../src/sweep/summary.ts';
import { valuesDuring } from './differing.ts';
import { settingName } from './settingWords.ts';

type Numbers = (run: RunRecord) => readonly number[];

const one = (value: number | null | undefined): readonly number[] => (value == null ? [] : [value]);

/** Numbers that a condition can refer to, with their common names. */
const figures: readonly (readonly [names: readonly string[], of: Numbers])[] = [
  [['accuracy', 'acc', '精度'], ({ best }) => one(best?.validation.accuracy)],
  [['loss', '损失'], ({ best }) => one(best?.validation.loss)],
  [['learning rate', 'learningrate', 'rate', 'lr', '学习率'], (run) => valuesDuring(run, 'learningRate')],
  [['batch size', 'batchsize', 'batch', '批量大小', '批量'], (run) => valuesDuring(run, 'batchSize')],
  [['epochs', 'epoch', '轮数', '轮'], ({ epoch }) => [epoch]],
  [['seed', '随机种子', '种子'], ({ recipe }) => [recipe.seed]],
  [['parameters', 'params', '参数量', '参数'], ({ params }) => [params]],
  [['seconds', 'time', '用时', '时间'], ({ seconds }) => [seconds]],
];

const compare: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
  '<=': (a, b) => a <= b,
  '≤': (a, b) => a <= b,
  '>=': (a, b) => a >= b,
  '≥': (a, b) => a >= b,
  '=': (a, b) => isSame(a, b),
  '==': (a, b) => isSame(a, b),
  '!=': (a, b) => !isSame(a, b),
};
const isSame = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));

const NUMBER = String.raw`[-−]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?`;
const CONDITION = new RegExp(String.raw`([^\s<>=≤≥!][^<>=≤≥!]*?)\s*(<=|>=|==|!=|[<>=≤≥])\s*(${NUMBER})\s*(%?)`, 'giu');

/** Accuracies are in percent, as in the table: `accuracy > 97`. `accuracy > 0.97` means the same. */
const wantedOf = (names: readonly string[], value: number, percent: string): number =>
  percent !== '' || (names[0] === 'accuracy' && value > 1) ? value / 100 : value;

function numbersOf(name: string, runs: readonly RunRecord[]): readonly [names: readonly string[], of: Numbers] | null {
  const asked = name.trim().toLowerCase();
  const varied = variedKeys(runs).find((key) => {
    const { en, zh } = settingName(key);
    return [key, key.slice(key.lastIndexOf('.') + 1), en, zh].some((each) => each.toLowerCase() === asked);
  });
  const found = figures.find(([names]) => names.includes(asked));
  if (found !== undefined) return found;
  if (varied === undefined) return null;
  return [[varied], ({ varied: own }) => (typeof own[varied] === 'number' ? [own[varied]] : [])];
}

/**
 * Parses a search text into conditions on numbers (`accuracy > 97`, `rate = 0.05`) and words. A condition on an unknown
 * number matches no run. A number without a condition is searched for in the settings, too.
 */
export function readFilter(typed: string, runs: readonly RunRecord[]): (run: RunRecord, searchText: string) => boolean {
  // Chinese input methods produce full-width signs.
  const text = typed.replace(/[＜＞＝]/gu, (sign) => ({ '＜': '<', '＞': '>', '＝': '=' })[sign] ?? sign);
  const conditions: ((run: RunRecord) => boolean)[] = [];
  let rest = '';
  let from = 0;
  for (const match of text.matchAll(CONDITION)) {
    const [all, before = '', sign = '', number = '', percent = ''] = match;
    // Words may precede the name of the number: `LeNet accuracy > 97`.
    const words = before.split(/\s+/);
    const start = words.findIndex((_, i) => numbersOf(words.slice(i).join(' '), runs) !== null);
    const found = start < 0 ? null : numbersOf(words.slice(start).join(' '), runs);
    rest += ` ${text.slice(from, match.index)} ${words.slice(0, Math.max(0, start)).join(' ')}`;
    from = match.index + all.length;
    if (found === null) {
      conditions.push(() => false);
      continue;
    }
    const [names, of] = found;
    const wanted = wantedOf(names, Number(number.replace('−', '-')), percent);
    conditions.push((run) => of(run).some((value) => compare[sign]?.(value, wanted)));
  }
  rest += ` ${text.slice(from)}`;
  const wanted = rest.toLowerCase().split(/\s+/).filter(Boolean);
  return (run, searchText) =>
    conditions.every((fits) => fits(run)) && wanted.every((word) => searchText.includes(word) || hasNumber(run, word));
}

function hasNumber(run: RunRecord, word: string): boolean {
  if (!new RegExp(`^${NUMBER}$`, 'iu').test(word)) return false;
  const wanted = Number(word.replace('−', '-'));
  const settings = [...valuesDuring(run, 'learningRate'), ...valuesDuring(run, 'batchSize'), run.recipe.seed];
  return settings.some((value) => isSame(value, wanted));
}
