import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeDigits } from './digits.mjs';

let folder: string;
let images: Buffer;
let labels: Buffer;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'netloom-digits-'));
  writeDigits(folder);
  images = readFileSync(join(folder, 'mnist-images-idx3-ubyte.gz'));
  labels = readFileSync(join(folder, 'mnist-labels-idx1-ubyte.gz'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the headers say 10,000 images of 28 × 28 and as many labels', () => {
  const words = (file: Buffer, count: number) =>
    Array.from({ length: count }, (_, i) => gunzipSync(file).readUInt32BE(4 * i));
  expect(words(images, 4)).toEqual([0x803, 10_000, 28, 28]);
  expect(words(labels, 2)).toEqual([0x801, 10_000]);
  expect(gunzipSync(images)).toHaveLength(16 + 10_000 * 784);
  expect(gunzipSync(labels)).toHaveLength(8 + 10_000);
});

test('every digit has as many images as in the package', () => {
  const counts = new Array(10).fill(0);
  for (const label of gunzipSync(labels).subarray(8)) counts[label] += 1;
  expect(counts).toEqual([1001, 1127, 991, 1032, 980, 863, 1014, 1070, 944, 978]);
});

test('the pixels use the whole range', () => {
  const pixels = gunzipSync(images).subarray(16);
  expect(Math.max(...pixels.subarray(0, 7840))).toBe(255);
  // The mean of MNIST is 0.13 of the range.
  expect(pixels.reduce((sum, value) => sum + value, 0) / pixels.length / 255).toBeCloseTo(0.13, 2);
});

test('the files carry no time stamp and stay under 3 MB', () => {
  expect(images.readUInt32LE(4)).toBe(0);
  expect(labels.readUInt32LE(4)).toBe(0);
  expect(images.length + labels.length).toBeLessThan(3_000_000);
});
