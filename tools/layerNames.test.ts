import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { blocks } from '../src/blocks/index.ts';
import { layers } from '../src/layers/index.ts';
import { readImports } from './boundaries.ts';

const root = join(import.meta.dirname, '..');
const types = [...layers, ...blocks].map(({ type }) => type);

/** Places that name layers: translations to layers, and networks for tests. */
const free = [
  'src/layers/',
  'src/blocks/',
  'src/importing/',
  'src/engine/importing/',
  'src/keras/layerObjects.ts',
  'src/plan/fold/',
  'templates/',
  'src/engine/doctor/',
  'src/check/mistakes/',
];

/** Types that are words of other vocabularies too: these count where a layer is made, compared or looked up. */
const words = 'input|output|step|linear|add|mul|dense|residual|regression|relu|leakyRelu|sigmoid|tanh'.split('|');
const word = `'(?:${words.join('|')})'`;
const asLayer = new RegExp(
  String.raw`\b(?:layer|type)(?:: | [!=]== )${word}|layerOf\(${word}|\[[^\]]*${word}[^\]]*\]\.includes\((?:[\w.]+\.)?(?:layer|type)\)`,
);

/** The lines of a source text that name a layer or a block by its type. */
const named = (code: string): string[] =>
  code
    .split('\n')
    .filter(
      (line) =>
        asLayer.test(line) ||
        [...line.matchAll(/'(\w+)'/g)].some(([, name = '']) => types.includes(name) && !words.includes(name)),
    );

test('a layer is named by its type in its own file alone', () => {
  const files = [...readImports(root).keys()].filter((file) => !free.some((place) => file.startsWith(place)));
  const found = files.flatMap((file) =>
    named(readFileSync(join(root, file), 'utf8')).map((line) => `${file}: ${line.trim()}`),
  );
  expect(files.length).toBeGreaterThan(800);
  expect(found).toEqual([]);
});

test.each([
  ["if (layer.type === 'relu') return null;", true],
  ["const isNorm = (name: string) => name === 'batchNorm2d';", true],
  ["while (['flatten', 'identity'].includes(at.layer.type)) at = before(at);", true],
  ["layers: [{ layer: 'linear', config: { outFeatures: 64 } }],", true],
  ["case 'dropout':", true],
  ["const layer = layerOf('input');", true],
  ["return { layer: 'vggBlock', config: {} };", true],
  ["if (layer.category === 'activation') return null;", false],
  ["const port = portPoint(edge, direction, 'input', index);", false],
  ["type Part = 'step' | 'leave' | 'enter';", false],
  ["import { relu } from '../layers/relu.ts';", false],
  ['layers: [{ layer: linear.type, config: { outFeatures: 64 } }],', false],
])('%s names a layer: %s', (line, found) => expect(named(line).length > 0).toBe(found));
