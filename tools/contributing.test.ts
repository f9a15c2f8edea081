import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CPU_DEVICE, openProgram } from '../src/engine/session.ts';
import { emptyDocument, type NetworkDocument } from '../src/graph/document.ts';
import { interpret } from '../src/ir/interpret.ts';
import { CPU, PORTABLE } from '../src/ir/target.ts';
import { elementCount, floatTensor } from '../src/ir/tensor.ts';
import { random } from '../src/random/philox.ts';
import { chain, type Row } from '../templates/chain.ts';
import { root } from './paths.mjs';

// Follows CONTRIBUTING.md in a copy of the sources: creates the files, adds the lines, and nothing else.

const contributing = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');

interface CodeBlock {
  readonly kind: 'ts' | 'diff';
  readonly file: string;
  readonly text: string;
}
const codeBlocks: readonly CodeBlock[] = [...contributing.matchAll(/^```(ts|diff) (\S+)\n([\s\S]*?)^```$/gm)].map(
  ([, kind = '', file = '', text = '']) => ({ kind: kind as CodeBlock['kind'], file, text }),
);

/**
 * The text with the line that begins with `+` added after the line before it. Whatever else was added there since stays,
 * and what was added already is not added again.
 */
function patched(text: string, diff: string): string {
  const lines = diff.split('\n');
  const at = lines.findIndex((line) => line.startsWith('+'));
  const [before, added] = [lines[at - 1] ?? '', lines[at] ?? ''].map((line) => `\n${line.slice(1)}\n`);
  if (text.includes(added)) return text;
  const parts = text.split(before);
  if (parts.length !== 2) throw new Error(`${parts.length - 1} places for:\n${diff}`);
  return parts.join(`${before}${added.slice(1)}`);
}

test.each([
  ['a\nb\nc\n', '\na\nb\nnew\nc\n'],
  ['a\nb\nother\nc\n', '\na\nb\nnew\nother\nc\n'],
  ['a\nb\nnew\nc\n', '\na\nb\nnew\nc\n'],
])('a line is added to %j', (text, result) => expect(patched(`\n${text}`, ' b\n+new\n c\n')).toBe(result));

let copy = '';
const load = (file: string) => import(/* @vite-ignore */ join(copy, file));

beforeAll(() => {
  mkdirSync(join(root, 'test-results'), { recursive: true });
  // Inside the repository, where packages are found.
  copy = mkdtempSync(join(root, 'test-results', 'contributing-'));
  const isSource = (path: string) => !/\.test\.ts$|src.(engine|cli)$/.test(path);
  for (const folder of ['src', 'templates']) {
    cpSync(join(root, folder), join(copy, folder), { recursive: true, filter: isSource });
  }
  for (const { kind, file, text } of codeBlocks) {
    const path = join(copy, file);
    writeFileSync(path, kind === 'ts' ? text : patched(readFileSync(path, 'utf8'), text));
  }
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

test.each([
  ['layer', 3, 4],
  ['block', 1, 2],
  ['template', 1, 2],
])('how to add a %s takes ten lines, one file and lines in %i others', (what, lists, lines) => {
  const section = contributing.split(/^## /m).find((each) => each.startsWith(`Add a ${what}\n`)) ?? '';
  expect(section.match(/^\d+\. .*/gm)).toHaveLength(10);
  expect(section.match(/^```ts /gm)).toHaveLength(1);
  expect(new Set([...section.matchAll(/^```diff (\S+)/gm)].map(([, file]) => file)).size).toBe(lists);
  expect(section.match(/^\+/gm)).toHaveLength(lines);
});

test('what is added has the right types and form', () => {
  const typescript = dirname(createRequire(import.meta.url).resolve('typescript/package.json'));
  const files = codeBlocks.map(({ file }) => file);
  const options = { extends: '../../tsconfig.json', compilerOptions: { noEmit: true }, files, references: [] };
  writeFileSync(join(copy, 'tsconfig.json'), JSON.stringify(options));
  const run = (script: string, ...args: string[]) =>
    execFileSync(process.execPath, [script, ...args], { cwd: copy, encoding: 'utf8', stdio: 'pipe' });
  expect(run(join(typescript, 'bin', 'tsc'), '-p', 'tsconfig.json')).toBe('');
});

/** A network of images with the node in the middle, trained weights before and after it. */
function networkWith(row: Row): NetworkDocument {
  return chain(
    [
      [
        ['input', 'input', { shape: [2, 4, 4] }],
        ['conv', 'conv2d', { outChannels: 3, kernelSize: [1, 1] }],
        row,
        ['flatten', 'flatten'],
        ['fc', 'linear', { outFeatures: 3 }],
        ['classes', 'classifier', { classes: 3 }],
      ],
    ],
    { ...emptyDocument, name: 'tried' },
  );
}

const BATCH_SIZE = 2;
const sgd = { kind: 'sgd', momentum: 0, weightDecay: 0, nesterov: false } as const;

/**
 * The step's update at rate 1 against the slope of the loss along a random direction, and the export against float64.
 * Gives the names of the weights.
 */
async function expectTrainedAndExported(document: NetworkDocument): Promise<readonly string[]> {
  const { check } = await load('src/check/check.ts');
  const { compileTrainStep } = await load('src/compile/trainStep.ts');
  const { compileInference } = await load('src/compile/inference.ts');
  const { initialParameters } = await load('src/compile/initialize.ts');
  const { validateModel } = await load('src/onnx/validate.ts');
  const { writeModel } = await load('src/onnx/write.ts');
  const { graph, diagnostics } = check(document);
  // Its data is not of this shape, which is a warning.
  expect(diagnostics.filter(({ severity }: { severity: string }) => severity === 'error')).toEqual([]);

  const step = compileTrainStep(graph, { optimizer: sgd, batch: BATCH_SIZE, target: CPU });
  const rng = random(1, 'contributing');
  const weights = initialParameters(graph, 1);
  const feeds = Object.fromEntries(
    (step as Parameters<typeof interpret>[0]).inputs.map(({ value, role }) => {
      const shape = value.shape.map((size) => (typeof size === 'number' ? size : BATCH_SIZE));
      const draw = () => (role.kind === 'target' ? rng.below(3) : role.kind === 'hyper' ? 1 : rng.normal());
      const held = weights.get(value.name)?.data as Float32Array | undefined;
      const data = Float64Array.from({ length: elementCount(shape) }, (_, i) => held?.[i] ?? draw());
      return [value.name, { shape, data }];
    }),
  );
  const names = [...weights.keys()] as string[];
  const direction = new Map(names.map((name) => [name, feeds[name]?.data.map(() => rng.normal()) ?? []]));
  const lossAt = (t: number): number => {
    const moved = names.map((name) => {
      const { shape = [], data = new Float64Array() } = feeds[name] ?? {};
      return [name, { shape, data: data.map((x, i) => x + t * (direction.get(name)?.[i] ?? 0)) }];
    });
    return interpret(step, { ...feeds, ...Object.fromEntries(moved) }).loss?.data[0] ?? Number.NaN;
  };
  const h = 1e-6;
  const slope = (lossAt(h) - lossAt(-h)) / (2 * h);
  const updated = interpret(step, feeds);
  const along = names.reduce((sum, name) => {
    const [from, to] = [feeds[name]?.data ?? [], updated[`${name}_new`]?.data ?? []];
    return sum + from.reduce((part, x, i) => part + (x - (to[i] ?? Number.NaN)) * (direction.get(name)?.[i] ?? 0), 0);
  }, 0);
  expect(Math.abs(slope)).toBeGreaterThan(1e-3);
  expect(along).toBeCloseTo(slope, 4);

  const inference = compileInference(graph, PORTABLE);
  expect(validateModel(writeModel(inference))).toEqual([]);
  const { shape = [], data = new Float64Array() } = feeds.input ?? {};
  const tensors = [...weights].map(([name, tensor]) => [name, tensor] as [string, ReturnType<typeof floatTensor>]);
  const session = await openProgram(inference, CPU_DEVICE);
  const ran = await session.run(new Map([...tensors, ['input', floatTensor(shape, Float32Array.from(data))]]));
  await session.release();
  const expected = interpret(inference, feeds);
  for (const [name, result] of ran) {
    for (const [i, x] of [...(result.data as Float32Array)].entries()) {
      expect(Number(x)).toBeCloseTo(expected[name]?.data[i] ?? Number.NaN, 4);
    }
  }
  return names;
}

test('the layer has palette entry, form, help, gradient and export', async () => {
  const { layerOf } = await load('src/layers/index.ts');
  const { offersIn } = await load('src/plan/offers.ts');
  const layer = layerOf('layerScale');
  const offer = offersIn(emptyDocument).find(({ id }: { id: string }) => id === 'layerScale');
  expect(offer).toMatchObject({ title: { en: 'LayerScale' }, keywords: expect.arrayContaining(['gamma']) });
  expect(layer.config.init).toMatchObject({ label: { en: 'Initial factor', zh: '初始系数' }, default: 0.1 });
  expect(layer.doc).toMatchObject({ en: expect.stringContaining('channel'), zh: expect.stringContaining('通道') });
  expect(layer.formula({ init: 0.1 }).tex).toHaveLength(1);
  const weights = await expectTrainedAndExported(networkWith(['scale', 'layerScale', { init: 0.5 }]));
  expect(weights).toContain('scale/gamma');
});

test('the block has palette entry, form, help, gradient and export', async () => {
  const { offersIn } = await load('src/plan/offers.ts');
  const offer = offersIn(emptyDocument).find(({ id }: { id: string }) => id.endsWith('convPair'));
  expect(offer?.title).toEqual({ en: 'Conv pair', zh: '双卷积块' });
  expect(offer.layer.config.channels.default).toBe(64);
  expect(offer.doc.zh).toContain('卷积');
  const weights = await expectTrainedAndExported(networkWith(['pair', offer.layer.type, { channels: 4 }]));
  expect(weights).toContain('pair/conv2/weight');
});

test('the template is found, checks, and takes its settings', async () => {
  const { templateOf, templates } = await load('templates/index.ts');
  const template = templateOf('small_cnn');
  expect(templates).toContain(template);
  expect(template.config.filters.default).toBe(8);
  const { check } = await load('src/check/check.ts');
  expect(check(template.document).diagnostics).toEqual([]);
  const adjusted = template.adjusted({ filters: 2, input: [2, 4, 4], classes: 3 });
  expect(adjusted.name).toBe('Small CNN (2)');
  await expectTrainedAndExported(adjusted);
});
