import { join } from 'node:path';
import { expect, test } from 'vitest';
import { allowed, circles, importsOf, readImports } from './boundaries.ts';

const imports = readImports(join(import.meta.dirname, '..'));

test('every import keeps to the rooms', () => {
  const wrong = [...imports].flatMap(([file, list]) =>
    list.filter(({ specifier }) => !allowed(file, specifier)).map(({ specifier }) => `${file} -> ${specifier}`),
  );
  expect(imports.size).toBeGreaterThan(800);
  expect(wrong).toEqual([]);
});

test('only the check calls itself through other files: a block is checked inside', () => {
  const [recursion = [], ...others] = circles(imports);
  expect(others).toEqual([]);
  expect(recursion).toContain('src/check/inside.ts');
  expect(recursion.filter((file) => !file.startsWith('src/check/'))).toEqual([]);
});

const planted: [file: string, specifier: string, may: boolean][] = [
  ['src/text.ts', 'node:fs', false],
  ['src/clock.ts', './engine/trainer.ts', false],
  ['src/newFolder/a.ts', '../ir/shape.ts', false],
  ['src/ir/a.ts', '../text.ts', true],
  ['src/ir/a.ts', '../graph/document.ts', false],
  ['src/ir/a.ts', 'node:fs', false],
  ['src/graph/a.ts', '../ir/shape.ts', false],
  ['src/graph/a.ts', 'react', false],
  ['src/layers/a.ts', '../ir/builder.ts', true],
  ['src/layers/a.ts', '../check/check.ts', false],
  ['src/check/a.ts', '../compile/forward.ts', false],
  ['src/check/a.ts', '../plan/replace.ts', false],
  ['src/plan/a.ts', '../check/check.ts', true],
  ['src/plan/a.ts', '../compile/forward.ts', false],
  ['src/compare/a.ts', '../plan/level.ts', false],
  ['src/autodiff/a.ts', '../layers/index.ts', false],
  ['src/optim/a.ts', '../autodiff/backward.ts', false],
  ['src/onnx/a.ts', '@bufbuild/protobuf/wire', true],
  ['src/onnx/a.ts', '../compile/forward.ts', false],
  ['src/compile/a.ts', '../autodiff/backward.ts', true],
  ['src/compile/a.ts', '../engine/trainer.ts', false],
  ['src/data/a.ts', 'onnxruntime-node', false],
  ['src/layout/a.ts', 'elkjs', false],
  ['src/export/a.ts', '../engine/exporter.ts', false],
  ['src/engine/a.ts', 'node:fs', true],
  ['src/engine/a.ts', 'electron', false],
  ['src/engine/a.ts', '../cli/main.ts', false],
  ['src/engine/a.ts', '../../templates/index.ts', false],
  ['src/cli/a.ts', '../../electron/main.ts', false],
  ['src/cli/a.ts', '../../templates/index.ts', false],
  ['bin/a.ts', '../templates/index.ts', true],
  ['bin/a.ts', '../src/engine/trainer.ts', false],
  ['templates/a.ts', '../src/engine/trainer.ts', false],
  ['electron/a.ts', '../src/engine/trainer.ts', true],
  ['electron/a.ts', '../renderer/App.tsx', false],
  ['electron/a.ts', 'react', false],
  ['renderer/a.ts', '../electron/main.ts', false],
  ['renderer/shell/dock/a.tsx', '../../design/canvas/GraphCanvas.tsx', true],
  ['renderer/shell/dock/a.tsx', '../../App.tsx', false],
  ['renderer/design/canvas/a.tsx', '../../../src/check/check.ts', true],
  ['renderer/design/canvas/a.tsx', '../../training/run/runActions.ts', false],
  ['renderer/design/canvas/a.tsx', '../../shell/covers.ts', false],
  ['renderer/training/run/a.tsx', '../../results/predict/PredictPad.tsx', false],
  ['renderer/training/run/a.tsx', '../../../src/optim/schedules.ts', true],
  ['renderer/training/run/a.tsx', '../../../src/optim/adam.ts', false],
  ['renderer/results/look/a.tsx', '../../design/canvas/GraphCanvas.tsx', false],
  ['renderer/results/look/a.tsx', '../../../src/engine/trainer.ts', false],
  ['renderer/state/stores/a.ts', '../../design/canvas/GraphCanvas.tsx', false],
  ['renderer/state/stores/a.ts', 'node:path', false],
  ['renderer/ui/controls/a.tsx', '../../state/stores/stores.ts', false],
  ['renderer/ui/controls/a.tsx', '../../../src/compile/forward.ts', false],
];

test.each(planted)('%s importing %s: %s', (file, specifier, may) => expect(allowed(file, specifier)).toBe(may));

test('imports are read in every form', () => {
  const code = `import './a.ts';
import b from './b.ts';
import type { C } from './c.ts';
import { type D, type E } from './d.ts';
import {
  type F,
  g,
} from './f.ts';
export * from './h.ts';
export { i } from './i.ts';
const j = await import('./j.ts');
const no = "it comes from 'nowhere'";`;
  expect(importsOf(code).map(({ specifier, typeOnly }) => `${specifier}${typeOnly ? ' types' : ''}`)).toEqual([
    './a.ts',
    './b.ts',
    './c.ts types',
    './d.ts types',
    './f.ts',
    './h.ts',
    './i.ts',
    './j.ts',
  ]);
});

test('a circle by values is found, one by types is none', () => {
  const values = (...specifiers: string[]) => specifiers.map((specifier) => ({ specifier, typeOnly: false }));
  const graph = new Map([
    ['a/a.ts', values('./b.ts')],
    ['a/b.ts', values('./c.ts')],
    ['a/c.ts', values('./a.ts')],
    ['a/d.ts', [{ specifier: './a.ts', typeOnly: true }]],
    ['a/e.ts', values('./d.ts')],
  ]);
  expect(circles(graph)).toEqual([['a/a.ts', 'a/b.ts', 'a/c.ts']]);
});
