import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

type Colors = Readonly<Record<string, string>>;

const halves = (file: string): string[] =>
  readFileSync(`renderer/ui/theme/${file}`, 'utf8').split(':root[data-theme="dark"]');
const [light = '', dark = ''] = halves('theme.css');
const [moreLight = '', moreDark = ''] = halves('contrast.css');
const colorsIn = (css: string): Colors =>
  Object.fromEntries([...css.matchAll(/--([\w-]+):\s*(#\w{6});/g)].map(([, name, color]) => [name, color]));

const themes: Readonly<Record<string, Colors>> = {
  light: colorsIn(light),
  dark: { ...colorsIn(light), ...colorsIn(dark) },
  'light, more contrast': { ...colorsIn(light), ...colorsIn(moreLight) },
  'dark, more contrast': { ...colorsIn(light), ...colorsIn(dark), ...colorsIn(moreLight), ...colorsIn(moreDark) },
};

function luminance(color: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

const surfaces = ['panel', 'card', 'field', 'canvas'];
/** Colors on what they lie on, and the least contrast of each pair. */
const pairs = (more: boolean): [string[], string[], number][] => [
  [['text', 'muted'], [...surfaces, 'hover', 'accent-soft'], more ? 7 : 4.5],
  [['accent', 'danger', 'warning', 'good'], surfaces, more ? 7 : 4.5],
  [['on-accent'], ['accent', 'accent-strong'], more ? 7 : 4.5],
  [['danger'], ['danger-soft'], 4.5],
  [['warning'], ['warning-soft'], 4.5],
  [['good'], ['good-soft'], 4.5],
  [['edge'], ['canvas'], 3],
  [more ? ['line', 'line-strong'] : ['line-strong'], ['panel'], 3],
];

test.each(Object.entries(themes))('%s: text and lines stand out', (name, colors) => {
  const low = pairs(name.includes('more')).flatMap(([fronts, backs, least]) =>
    fronts.flatMap((front) =>
      backs.flatMap((back) => {
        const found = contrast(colors[front] ?? '', colors[back] ?? '');
        return found >= least ? [] : [`${front} on ${back}: ${found.toFixed(2)} < ${least}`];
      }),
    ),
  );
  expect(low).toEqual([]);
});

test('with the system’s own colors, every color of text, lines and surfaces is one of those', () => {
  const forced =
    readFileSync('renderer/ui/theme/contrast.css', 'utf8').split('@media (forced-colors: active)')[1] ?? '';
  const named = [...forced.matchAll(/--([\w-]+): [A-Z]\w+;/g)].map(([, name]) => name);
  const meant = new Set(pairs(true).flatMap(([fronts, backs]) => [...fronts, ...backs]));
  // Soft grounds are no system colors, so the browser leaves them out.
  const soft = ['accent-soft', 'accent-strong', 'danger-soft', 'warning-soft', 'good-soft'];
  expect([...meant].filter((name) => !named.includes(name) && !soft.includes(name))).toEqual([]);
});
