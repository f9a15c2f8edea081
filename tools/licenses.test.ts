import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { bundledLicenses, shippedLicenses } from './licenses.mjs';

const shipped = shippedLicenses();

it('reads the list of the bundler, headings within a license included', () => {
  const list =
    '# Licenses\n\n## a - 1.0.0 (MIT)\n\nText\n\n## @b/c - 2.0.0-rc.1 (EPL-2.0)\n\n## 1. DEFINITIONS\n\nMore\n';
  expect(bundledLicenses(list)).toEqual([
    { name: 'a', version: '1.0.0', license: 'MIT', text: 'Text' },
    { name: '@b/c', version: '2.0.0-rc.1', license: 'EPL-2.0', text: '## 1. DEFINITIONS\n\nMore' },
  ]);
});

it('every package that ships has the text of its license', () => {
  expect(shipped.length).toBeGreaterThan(30);
  expect(shipped.filter(({ text }) => text.length < 100).map(({ name }) => name)).toEqual([]);
});

it('the credits name every package that ships, with its license', () => {
  const credits = readFileSync(new URL('../CREDITS.md', import.meta.url), 'utf8');
  const rows = credits.split('\n').filter((line) => line.startsWith('|'));
  const missing = shipped.filter(({ name, license }) => {
    const row = rows.find((line) =>
      line
        .split('|')[1]
        ?.split(',')
        .some((each) => each.trim() === name),
    );
    const plain = license.replace(/[()]/g, '').split(/ (?:AND|OR) /);
    return row === undefined || plain.some((each) => !row.includes(each.replace('-or-later', '')));
  });
  expect(missing.map(({ name, license }) => `${name} (${license})`)).toEqual([]);
});

it('the window can show them', () => {
  const text = readFileSync(new URL('../out/renderer/licences.txt', import.meta.url), 'utf8');
  for (const { name } of shipped) expect(text).toContain(`\n${name} `);
});
