import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { bundledLicences, shippedLicences } from './licences.mjs';

const shipped = shippedLicences();

it('reads the list of the bundler, headings within a licence included', () => {
  const list =
    '# Licenses\n\n## a - 1.0.0 (MIT)\n\nText\n\n## @b/c - 2.0.0-rc.1 (EPL-2.0)\n\n## 1. DEFINITIONS\n\nMore\n';
  expect(bundledLicences(list)).toEqual([
    { name: 'a', version: '1.0.0', licence: 'MIT', text: 'Text' },
    { name: '@b/c', version: '2.0.0-rc.1', licence: 'EPL-2.0', text: '## 1. DEFINITIONS\n\nMore' },
  ]);
});

it('every package that ships has the text of its licence', () => {
  expect(shipped.length).toBeGreaterThan(30);
  expect(shipped.filter(({ text }) => text.length < 100).map(({ name }) => name)).toEqual([]);
});

it('the credits name every package that ships, with its licence', () => {
  const credits = readFileSync(new URL('../CREDITS.md', import.meta.url), 'utf8');
  const rows = credits.split('\n').filter((line) => line.startsWith('|'));
  const missing = shipped.filter(({ name, licence }) => {
    const row = rows.find((line) =>
      line
        .split('|')[1]
        ?.split(',')
        .some((each) => each.trim() === name),
    );
    const plain = licence.replace(/[()]/g, '').split(/ (?:AND|OR) /);
    return row === undefined || plain.some((each) => !row.includes(each.replace('-or-later', '')));
  });
  expect(missing.map(({ name, licence }) => `${name} (${licence})`)).toEqual([]);
});

it('the window can show them', () => {
  const text = readFileSync(new URL('../out/renderer/licences.txt', import.meta.url), 'utf8');
  for (const { name } of shipped) expect(text).toContain(`\n${name} `);
});
