import { resolve, sep } from 'node:path';
import { expect, test, vi } from 'vitest';
import { fileOf, PAGE } from './pageProtocol.ts';

vi.mock('electron', () => ({ protocol: {} }));

const folder = resolve('/opt/netloom/renderer');

test.each([
  [PAGE, 'index.html'],
  ['app://netloom/assets/elk-worker.js', `assets${sep}elk-worker.js`],
  ['app://netloom/assets/a%20b.css?x=1#y', `assets${sep}a b.css`],
  ['app://netloom/../index.html', 'index.html'],
])('%s is a file of the page', (address, name) => {
  expect(fileOf(address, folder)?.path).toBe(`${folder}${sep}${name}`);
});

test.each([
  'app://netloom/..%2f..%2fsecret.js',
  'app://netloom/%2e%2e%2f%2e%2e%2fsecret.js',
  'app://netloom/assets/..%2f..%2f..%2f..%2f..%2fetc/secret.js',
  'app://netloom/..%5c..%5csecret.js',
  'app://netloom/C:%5csecret.js',
  'app://netloom/c:/secret.js',
  'app://netloom/index.html%00.js',
  'app://netloom/%',
  'app://netloom/..%2frenderer-of-another/a.js',
  'app://netloom/etc/passwd',
  'app://other/index.html',
  'file:///opt/netloom/renderer/index.html',
  'https://netloom/index.html',
  'no address',
])('%s is not a file of the page', (address) => {
  expect(fileOf(address, folder)).toBeNull();
});
