import { describe, expect, it } from 'vitest';
import { inSharedMemory } from '../engine/data/sharedMemory.ts';
import { givenSamples } from '../engine/samples.ts';
import { arrayDataset, type NumberArray } from './arrayDataset.ts';
import { readCsv } from './csv.ts';
import { type Dataset, joinParts, labelsOf } from './dataset.ts';
import { idxDataset } from './idxDataset.ts';
import { listClassFolders } from './imageFolder.ts';
import { factsFrom } from './known.ts';
import { labelText, renumbered } from './labelForms.ts';
import { readNpy } from './npy.ts';
import { requireSameFacts } from './sameFacts.ts';
import { splitSamples } from './split.ts';
import { readTable } from './table.ts';
import { tableDataset } from './tableDataset.ts';

const settings = { validation: 0.2, splitSeed: 1 };
const text = new TextEncoder();

const csv = (cells: readonly (string | number)[]): Dataset => {
  const rows = cells.map((cell, at) => `${at % 7},${cell}`).join('\n');
  return tableDataset('t', readTable(readCsv(text.encode(`a,label\n${rows}\n`), 't')), {}, settings);
};

const arrays = (y: Partial<NumberArray>, count: number): Dataset =>
  arrayDataset(
    'd',
    new Map<string, NumberArray>([
      ['x', { shape: [count, 2], data: new Float32Array(2 * count) }],
      ['y', { shape: [count], data: new Uint8Array(), ...y }],
    ]),
  );
const indices = (labels: readonly number[]) => arrays({ data: Float64Array.from(labels) }, labels.length);
const oneHot = (labels: readonly number[], width: number) =>
  arrays(
    {
      shape: [labels.length, width],
      data: Uint8Array.from(labels.flatMap((k) => Array.from({ length: width }, (_, i) => Number(i === k)))),
    },
    labels.length,
  );

/** An IDX file of bytes. */
function idx(shape: readonly number[], data: readonly number[]): Uint8Array {
  const head = [0, 0, 8, shape.length, ...shape.flatMap((n) => [n >> 24, n >> 16, n >> 8, n].map((b) => b & 255))];
  return Uint8Array.from([...head, ...data]);
}
const idxLabels = (labels: readonly number[], width = 1): Dataset =>
  idxDataset(
    'i',
    idx(
      [labels.length, 1, 1],
      labels.map(() => 9),
    ),
    width === 1
      ? idx([labels.length], labels)
      : idx(
          [labels.length, width],
          labels.flatMap((k) => Array.from({ length: width }, (_, i) => Number(i === k))),
        ),
  );

/** An IDX file of 16-bit numbers. */
const shorts = (numbers: readonly number[]): Uint8Array =>
  Uint8Array.from([
    0,
    0,
    11,
    1,
    0,
    0,
    numbers.length >> 8,
    numbers.length & 255,
    ...numbers.flatMap((n) => [n >> 8, n & 255]),
  ]);

const npy = (descr: string, shape: string, data: Uint8Array): Uint8Array => {
  const header = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${shape}), }\n`;
  const size = [header.length & 255, header.length >> 8];
  return Uint8Array.from([0x93, ...text.encode('NUMPY'), 1, 0, ...size, ...text.encode(header), ...data]);
};
const ucs4 = (words: readonly string[], width: number): Uint8Array => {
  const view = new DataView(new ArrayBuffer(4 * width * words.length));
  words.forEach((word, at) => {
    [...word].forEach((letter, i) => {
      view.setUint32(4 * (at * width + i), letter.codePointAt(0) as number, true);
    });
  });
  return new Uint8Array(view.buffer);
};

const classesOf = ({ targets: [target] }: Dataset) =>
  target?.kind === 'classes' ? { classes: target.classes, names: target.names, labels: [...target.data] } : null;

const repeated = (values: readonly number[]) => [...values, ...values, ...values];

describe('labels are recognized and described', () => {
  it.each<[string, Dataset, number, RegExp]>([
    ['IDX from 0', idxLabels([0, 1, 2]), 3, /^Labels are class numbers from 0 to 2\.$/],
    ['IDX from 1', idxLabels([1, 2, 3]), 4, /Labels start at 1: 1 to 3\. .*Classes without samples: 0\.$/],
    ['IDX one-hot', idxLabels([2, 0, 1], 3), 3, /one-hot rows of 3/],
    ['IDX with gaps', idxLabels([0, 9]), 10, /Classes without samples: 1, 2, 3… \(8\)$/],
    ['IDX from 1, renumbered', renumbered(idxLabels([1, 2, 3])), 3, /label 1 is class 0, label 2 is class 1/],
    ['arrays from 0', indices(repeated([0, 1, 2])), 3, /class numbers from 0 to 2/],
    ['arrays from 1', indices(repeated([1, 2, 3])), 4, /Labels start at 1/],
    ['arrays one-hot', oneHot([0, 1, 2], 3), 3, /one-hot rows of 3/],
    ['CSV of words', csv(['cat', 'dog', 'cat', 'dog']), 2, /cat is class 0, dog is class 1/],
    ['CSV from 1', csv(repeated([1, 2, 3])), 3, /label 1 is class 0/],
    ['CSV from 0', csv(repeated([0, 1, 2])), 3, /class numbers from 0 to 2/],
  ])('%s', (_, data, classes, message) => {
    expect(classesOf(data)?.classes).toBe(classes);
    expect(labelText(data).en).toMatch(message);
    expect(labelText(data).zh).toMatch(/标签|类别/);
  });

  it('numbers are no labels', () => {
    expect(labelText(csv([1.5, 2.5, 3.5])).en).toBe('Targets are numbers.');
  });

  it.each([
    ['<U5', ucs4(['cat', 'dog', 'cat', 'Ünï😀'], 5)],
    ['|S3', text.encode('catdogcatowl')],
  ])('NumPy strings %s are class names', (descr, data) => {
    const y = readNpy(npy(descr, '4,', data), 'y.npy');
    const read = classesOf(arrays({ ...y }, 4));
    expect(read?.names).toContain('cat');
    expect(read?.classes).toBe(3);
    expect(read?.labels[0]).toBe(read?.labels[2]);
    expect(labelText(arrays({ ...y }, 4)).en).toMatch(/Labels have names/);
  });

  it('NumPy strings of training and test are numbered together', () => {
    const half = (words: readonly string[]): NumberArray => ({ shape: [words.length], data: new Uint8Array(), words });
    const x = { shape: [2, 1], data: new Float32Array(2) };
    const data = arrayDataset(
      'd',
      new Map<string, NumberArray>([
        ['x_train', x],
        ['y_train', half(['b', 'c'])],
        ['x_test', x],
        ['y_test', half(['a', 'c'])],
      ]),
    );
    expect(classesOf(data)).toEqual({ classes: 3, names: ['a', 'b', 'c'], labels: [1, 2, 0, 2] });
  });
});

describe('many classes', () => {
  const folders = (count: number) =>
    listClassFolders(
      Array.from({ length: count }, (_, k) => `c${k}/1.png`),
      'f',
    );
  const upTo = (count: number) => Array.from({ length: count }, (_, k) => k);
  const many = upTo(300);

  it.each<[string, () => Dataset]>([
    ['CSV of words', () => csv(many.flatMap((k) => [`w${k}`, `w${k}`]))],
    ['arrays from 0', () => indices(repeated(many))],
    ['one-hot arrays', () => oneHot(many, 300)],
    ['array of words', () => arrays({ words: many.map(String) }, 300)],
    [
      'IDX of 16 bits',
      () =>
        idxDataset(
          'i',
          idx(
            [300, 1, 1],
            many.map(() => 9),
          ),
          shorts(many),
        ),
    ],
  ])('300 in %s: two bytes per label', (_, open) => {
    const { targets, count } = open();
    const [target] = targets;
    expect(target).toMatchObject({ kind: 'classes', classes: 300 });
    expect(target?.data).toBeInstanceOf(Uint16Array);
    expect(new Set(target?.data).size).toBe(300);
    const { train, validation } = splitSamples({ name: 'd', count }, labelsOf({ targets }), settings);
    expect(train.length + validation.length).toBe(count);
  });

  it('300 in class folders', () => {
    expect(folders(300).classes).toHaveLength(300);
  });

  it('256 keep one byte per label', () => {
    const [target] = indices(repeated(upTo(256))).targets;
    expect(target?.data).toBeInstanceOf(Uint8Array);
    expect(Math.max(...(target?.data ?? []))).toBe(255);
  });

  it('training and test of different numbers of classes are joined', () => {
    const [one, two] = [indices(repeated(upTo(3))), indices(repeated(many))];
    const { targets } = joinParts('j', [
      { part: 'train', dataset: one },
      { part: 'test', dataset: two },
    ]);
    expect(classesOf({ ...one, targets })).toEqual({
      classes: 300,
      names: undefined,
      labels: [...repeated(upTo(3)), ...repeated(many)],
    });
  });

  it('labels of two bytes stay in shared memory and in single samples', () => {
    const data = inSharedMemory(indices(repeated(many)));
    expect(data.targets[0]?.data.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect([...(givenSamples(data, Uint32Array.of(299, 1, 600)).targets[0]?.data ?? [])]).toEqual([299, 1, 0]);
    const [renamed] = renumbered(indices(repeated(many.map((k) => k + 1)))).targets;
    expect(renamed).toMatchObject({ kind: 'classes', classes: 300 });
  });

  it.each<[string, () => unknown]>([
    ['class folders', () => folders(65_537)],
    ['array of words', () => arrays({ words: upTo(65_537).map(String) }, 65_537)],
    ['arrays from 0', () => indices([...upTo(65_537), ...upTo(65_537)])],
  ])('65,537 are refused: %s', (_, open) => {
    expect(open).toThrow(/has 65537 classes; at most 65,536 are supported/);
  });

  it('amounts are numbers', () => {
    expect(indices(many.map((k) => k * k)).targets[0]?.kind).toBe('numbers');
    expect(indices(many).targets[0]?.kind).toBe('numbers');
  });
});

it('facts of a version without class names still hold', () => {
  const data = renumbered(idxLabels([1, 2, 3]));
  const facts = factsFrom(data);
  const old = { ...facts, targets: facts.targets.map(({ names: _, ...rest }) => rest) };
  expect(() => requireSameFacts('i', old, data)).not.toThrow();
  expect(() => requireSameFacts('i', facts, renumbered(idxLabels([1, 2, 4])))).toThrow(/have changed/);
});
