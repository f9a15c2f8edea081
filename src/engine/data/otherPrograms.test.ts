import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../data/dataset.ts';
import { openPath } from './openPath.ts';

const testdata = fileURLToPath(new URL('../../../testdata/', import.meta.url));
const open = (path: string): Promise<Dataset> =>
  openPath(testdata + path, { data: { validation: 0, splitSeed: 1 }, image: null, progress: () => {} });

const numbersOf = ({ inputs: [input] }: Dataset) => ({ shape: input?.shape, numbers: [...(input?.data ?? [])] });
const labelsOf = ({ targets: [target] }: Dataset) => ({
  names: target?.kind === 'classes' ? (target.names ?? target.classes) : null,
  labels: [...(target?.data ?? [])],
});
const counting = (count: number, at: (k: number) => number) => Array.from({ length: count }, (_, k) => at(k));

describe('IDX files of every element type', () => {
  it.each(['u1', 'i1', 'i2', 'i4', 'f4', 'f8'])('%s', async (type) => {
    const data = await open(`arrays/${type}-images.idx3`);
    const scale = type.startsWith('f') ? 4 : 1;
    expect(numbersOf(data)).toEqual({ shape: [1, 2, 2], numbers: counting(24, (k) => k / scale) });
    expect(labelsOf(data)).toEqual({ names: 3, labels: [0, 1, 2, 0, 1, 2] });
  });
});

describe('safetensors of every element type', () => {
  const image = (k: number) => k % 251;
  it.each<[string, (k: number) => number]>([
    ['u8', image],
    ['i16', (k) => image(k) - 9],
    ['i32', (k) => image(k) - 9],
    ['f16', (k) => image(k) / 2],
    ['f32', (k) => image(k) / 2],
    ['f64', (k) => image(k) / 2],
  ])('%s', async (type, at) => {
    const data = await open(`arrays/${type}.safetensors`);
    expect(numbersOf(data)).toEqual({ shape: [1, 8, 8], numbers: counting(384, at) });
    expect(labelsOf(data)).toEqual({ names: 3, labels: [0, 1, 2, 0, 1, 2] });
  });

  it('bfloat16', async () => {
    const data = await open('arrays/bf16.safetensors');
    expect(numbersOf(data).numbers).toEqual([1.5, -2, 0.25, 3, 96, 0]);
  });
});

describe('tables of other programs', () => {
  const flowers = { columns: ['length', 'width', 'kind'], names: ['rose', 'tulip'], labels: [0, 1, 0] };
  const indexed = { ...flowers, columns: ['column 1', ...flowers.columns] };
  it.each<[string, typeof flowers]>([
    ['excel.csv', flowers],
    ['excel-german.csv', { columns: ['Größe', 'Breite', 'Sorte'], names: ['schön', 'süß'], labels: [0, 1, 0] }],
    ['excel-french.csv', { columns: ['longueur', 'largeur', 'variété'], names: ['forêt', 'été'], labels: [1, 0, 1] }],
    ['excel-chinese.csv', { columns: ['长度', '宽度', '种类'], names: ['玫瑰', '郁金香'], labels: [0, 1, 0] }],
    ['excel-unicode.txt', flowers],
    ['utf-16be.csv', flowers],
    ['pandas.csv', indexed],
    ['r.csv', indexed],
    ['quoted.csv', { columns: flowers.columns, names: ['a "red"\nrose, wild', 'tulip'], labels: [0, 1, 1] }],
    ['mac.csv', flowers],
    ['separator.csv', flowers],
    ['bars.txt', flowers],
  ])('%s', async (name, { columns, ...labels }) => {
    const data = await open(`tables/${name}`);
    expect(data.columns?.map((column) => column.name)).toEqual(columns);
    expect(labelsOf(data)).toEqual(labels);
    expect(data.columns?.find((column) => column.name === columns.at(-3))?.numbers).toMatchObject({
      low: 4.9,
      high: 6.25,
    });
  });
});
