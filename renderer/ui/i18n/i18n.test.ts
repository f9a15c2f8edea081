import { expect, test, vi } from 'vitest';
import type { Text } from '../../../src/text.ts';
import { textWith, wordsIn } from './i18n.ts';
import { words } from './words.ts';

const files: Readonly<Record<string, string>> = import.meta.glob('../../**/*.{ts,tsx}', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const sources = Object.entries(files).filter(
  ([path]) => !path.includes('.test.') && !path.includes('/i18n/words') && !path.startsWith('./words'),
);

const holes = (text: string): string[] => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? '').sort();

test('every key has words and the same values in both languages', () => {
  const wrong = Object.entries<Text>(words).filter(
    ([, { en, zh }]) => !en.trim() || !zh.trim() || String(holes(zh)) !== String(holes(en)),
  );
  expect(wrong).toEqual([]);
});

test('a missing value is an error, and is not shown by its name', () => {
  const error = vi.spyOn(console, 'error').mockImplementation(() => {});
  const { say } = wordsIn.en;
  expect(say('travel.seen', { step: 3 })).toBe('Showing step 3 of ');
  expect(say('travel.step')).toBe('step ');
  expect(textWith('travel.step', {})).toEqual({ en: 'step ', zh: '第  步' });
  expect(error.mock.calls.map(([message]) => message)).toEqual([
    "Missing value 'steps' in: Showing step {{step}} of {{steps}}",
    "Missing value 'step' in: step {{step}}",
    "Missing value 'step' in: step {{step}}",
    "Missing value 'step' in: 第 {{step}} 步",
  ]);
  error.mockClear();
  // Names from users are values and may look like placeholders.
  for (const step of ['{{steps}} $t(run.saved)', '$&$1', 'constructor'])
    expect(say('travel.step', { step })).toBe(`step ${step}`);
  expect(error).not.toHaveBeenCalled();
  error.mockRestore();
});

test('a text with placeholders is not shown without values', () => {
  const code = sources.map(([, text]) => text).join('\n');
  const bare = new Set([
    ...[...code.matchAll(/\b(?:say|t)\('([\w.]+)'\)/g)].map(([, key]) => key),
    ...[...code.matchAll(/\b(?:title|label|hint|needs|key): '([\w.]+)'(?! ?, values)/g)].map(([, key]) => key),
  ]);
  const wrong = Object.entries<Text>(words).filter(([key, { en }]) => bare.has(key) && holes(en).length > 0);
  expect(wrong.map(([key]) => key)).toEqual([]);
});

test('every key is used somewhere', () => {
  const code = sources.map(([, text]) => text).join('\n');
  // Keys built from parts: `category.${…}`.
  const families = [...code.matchAll(/`([a-zA-Z]+\.(?:[a-zA-Z]+\.)?)\$\{/g)].map(([, start]) => start ?? '');
  const parts = [...code.matchAll(/`([a-z]+\.)\$\{\w+\}(\w+)`/g)].map(([, start, end]) => [start, end] as const);
  const unused = Object.keys(words).filter(
    (key) =>
      !code.includes(`'${key}'`) &&
      !code.includes(`"${key}"`) &&
      !families.some((start) => key.startsWith(start)) &&
      !parts.some(([start = '', end = '']) => key.startsWith(start) && key.endsWith(end)),
  );
  expect(unused).toEqual([]);
});

/** Words between tags, or in a visible or spoken attribute. */
const literals = (code: string): string[] => [
  ...[...code.matchAll(/>([^<>{}()=;]*\p{L}{2,}[^<>{}()=;]*)<\//gu)].map(([, found]) => (found ?? '').trim()),
  ...[...code.matchAll(/\b(?:title|placeholder|alt|aria-label|label)="([^"]*\p{L}[^"]*)"/gu)].map(
    ([, found]) => found ?? '',
  ),
];

test('the scan finds words that are not keys', () => {
  expect(literals('<p>Hello you</p> <input placeholder="Search" /> <b>{say(x)}</b>')).toEqual(['Hello you', 'Search']);
});

test.each(
  sources.filter(([path]) => path.endsWith('.tsx')),
)('%s has no words outside the dictionary', (_path, code) => {
  expect(literals(code)).toEqual([]);
});

test.each([
  [1, '1 run', '1 次训练'],
  [2, '2 runs', '2 次训练'],
  ['1', '1 run', '1 次训练'],
  ['1,024', '1,024 runs', '1,024 次训练'],
])('%s of a noun', (count, en, zh) => {
  expect(wordsIn.en.say('runs.count', { count })).toBe(en);
  expect(wordsIn.zh.say('runs.count', { count })).toBe(zh);
});
