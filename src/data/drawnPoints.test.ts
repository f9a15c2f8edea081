import { describe, expect, it } from 'vitest';
import { templates } from '../../templates/index.ts';
import { check } from '../check/check.ts';
import { type DrawnPoint, MOST_POINTS, type NetworkDocument } from '../graph/document.ts';
import { applyEdits } from '../graph/edits.ts';
import { readProject } from '../graph/file.ts';
import { DRAWN, pointsDataset } from './drawnPoints.ts';
import { factsFrom, factsOf, isFile, isOwn, withOtherSource } from './known.ts';

const xor = templates.find(({ document }) => document.data.source === 'xor')?.document as NetworkDocument;
const corners: readonly DrawnPoint[] = [
  [0, 0, 0],
  [1, 0, 1],
  [0, 1, 1],
  [1, 1, 0],
];
const drawn = (points?: readonly DrawnPoint[]): NetworkDocument => ({
  ...xor,
  data: { ...xor.data, source: DRAWN, ...(points === undefined ? {} : { points }) },
});
const stopping = (document: NetworkDocument) => check(document).diagnostics.filter(({ stops }) => stops === 'training');

it('drawn points are samples with one class each, and no files', () => {
  const data = pointsDataset({ points: corners });
  expect([...(data.inputs[0]?.data ?? [])]).toEqual([0, 0, 1, 0, 0, 1, 1, 1]);
  expect([...(data.targets[0]?.data ?? [])]).toEqual([0, 1, 1, 0]);
  expect(factsOf({ source: DRAWN, points: corners })).toEqual(factsFrom(data));
  expect(isOwn({ source: DRAWN })).toBe(false);
  expect(() => pointsDataset({})).toThrow(/0 points of 0 classes/);
});

it.each<[string, readonly DrawnPoint[] | undefined, RegExp | null]>([
  ['none', undefined, /0 points of 0 classes drawn/],
  ['one', corners.slice(0, 1), /1 point of 1 class drawn/],
  ['three', corners.slice(0, 3), /3 points of 2 classes drawn/],
  ['four of one class', corners.map(([x, y]) => [x, y, 0] as const), /4 points of 1 class drawn/],
  ['four', corners, null],
])('%s: training says what is missing', (_, points, message) => {
  const problems = stopping(drawn(points));
  if (message === null) return expect(problems).toEqual([]);
  expect(problems.map(({ code }) => code)).toEqual(['data-few-points']);
  expect(problems[0]?.message.en).toMatch(message);
});

it('a third class asks for a third output, and a fix adds it', () => {
  const document = drawn([...corners, [2, 2, 2]]);
  const [problem] = stopping(document);
  expect(problem?.code).toMatch(/^data-(classes|answers)$/);
  expect(stopping(applyEdits(document, problem?.fixes[0]?.edits ?? []))).toEqual([]);
});

it('drawn points stay while other data is in use', () => {
  expect(withOtherSource(drawn(corners).data, 'moons')).toMatchObject({ source: 'moons', points: corners });
});

describe('in a file', () => {
  const read = (points: unknown) => {
    const file = JSON.stringify({ ...xor, data: { ...xor.data, points } });
    const { document, remarks } = readProject(new TextEncoder().encode(file), 'xor.netloom', 'lenient');
    return { points: document.data.points, remarks: remarks.map(({ en }) => en).join(' ') };
  };

  it.each<[string, unknown, unknown, RegExp]>([
    ['good', corners, corners, /^$/],
    ['one point is damaged', [...corners, [Number.NaN, 0, 1]], corners, /Drawn points that could not be read/],
    ['class 7, half a class, no class', [[0, 0, 7], [0, 0, 0.5], [0, 0], ...corners], corners, /left out/],
    ['too far', [[1e9, 0, 0]], [], /left out/],
    ['no list', 'many', undefined, /“data.points” could not be read/],
  ])('%s', (_, points, kept, remark) => {
    const got = read(points);
    expect(got.points).toEqual(kept);
    expect(got.remarks).toMatch(remark);
  });

  it('too many are cut', () => {
    const got = read(Array.from({ length: MOST_POINTS + 5 }, () => [0, 0, 1]));
    expect(got.points).toHaveLength(MOST_POINTS);
    expect(got.remarks).toMatch(/more than 1000 drawn points/);
  });
});

it.each([
  ['moons:noise=0.2', false],
  ['moons:noise=0.x', false],
  ['points', false],
  ['moons.csv', true],
  ['./moons', true],
])('%s is a file: %s', (source, expected) => expect(isFile(source)).toBe(expected));

it('wrong settings of a generated dataset stop training, with the mistake and a fix', () => {
  const document = { ...xor, data: { ...xor.data, source: 'xor:noise=loud' } };
  const [problem] = stopping(document);
  expect(problem?.message.en).toMatch(/noise must be a number from 0 to 2/);
  expect(stopping(applyEdits(document, problem?.fixes[0]?.edits ?? []))).toEqual([]);
});
