/** A grayscale image, row by row: 0 is paper, 1 is ink. */
export interface GrayImage {
  readonly width: number;
  readonly height: number;
  readonly pixels: Float32Array;
}

const SIZE = 28;
const BOX = 20;
/** Pixels below this are not ink, so that the soft edge of a stroke does not widen the box. */
const FAINT = 0.1;

/** A part of an image; `right` and `bottom` are exclusive. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The smallest box that contains all the ink. Null for an empty sheet. */
function inkBox({ width, height, pixels }: GrayImage): Box | null {
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if ((pixels[y * width + x] as number) < FAINT) continue;
      left = Math.min(left, x);
      right = Math.max(right, x + 1);
      top = Math.min(top, y);
      bottom = y + 1;
    }
  }
  return right > left ? { left, top, right, bottom } : null;
}

/** The pixels along one axis that a pixel of the smaller image covers, with the covered fraction of each. */
function cover(from: number, to: number): { first: number; weights: number[] } {
  const first = Math.floor(from);
  const weights = [];
  for (let i = first; i < to; i++) weights.push(Math.min(i + 1, to) - Math.max(i, from));
  return { first, weights };
}

/** Scales the box to `width`×`height` by area averaging, which keeps thin strokes connected. */
export function averaged(image: GrayImage, box: Box, width: number, height: number): Float32Array {
  const result = new Float32Array(width * height);
  const stepX = (box.right - box.left) / width;
  const stepY = (box.bottom - box.top) / height;
  for (let y = 0; y < height; y++) {
    const rows = cover(box.top + y * stepY, box.top + (y + 1) * stepY);
    for (let x = 0; x < width; x++) {
      const columns = cover(box.left + x * stepX, box.left + (x + 1) * stepX);
      let sum = 0;
      rows.weights.forEach((rowWeight, j) => {
        columns.weights.forEach((weight, i) => {
          const at = (rows.first + j) * image.width + columns.first + i;
          sum += rowWeight * weight * (image.pixels[at] ?? 0);
        });
      });
      result[y * width + x] = sum / (stepX * stepY);
    }
  }
  return result;
}

/** The center of mass of the ink. */
function centerOfMass(pixels: Float32Array, width: number): { x: number; y: number } {
  let [mass, sumX, sumY] = [0, 0, 0];
  pixels.forEach((ink, at) => {
    mass += ink;
    sumX += ink * ((at % width) + 0.5);
    sumY += ink * (Math.floor(at / width) + 0.5);
  });
  return { x: sumX / mass, y: sumY / mass };
}

/**
 * A drawn digit in the format of MNIST: scaled to fit 20×20 with its proportions kept, and placed into 28×28 with its
 * center of mass in the middle. [28·28] in [0, 1]; null for an empty sheet.
 */
export function digitImage(image: GrayImage): Float32Array | null {
  const box = inkBox(image);
  if (box === null) return null;
  const factor = BOX / Math.max(box.right - box.left, box.bottom - box.top);
  const width = Math.max(1, Math.round((box.right - box.left) * factor));
  const height = Math.max(1, Math.round((box.bottom - box.top) * factor));
  const small = averaged(image, box, width, height);
  const center = centerOfMass(small, width);
  const within = (wanted: number, size: number) => Math.min(SIZE - size, Math.max(0, Math.round(wanted)));
  const left = within(SIZE / 2 - center.x, width);
  const top = within(SIZE / 2 - center.y, height);
  const result = new Float32Array(SIZE * SIZE);
  for (let y = 0; y < height; y++) {
    result.set(small.subarray(y * width, (y + 1) * width), (top + y) * SIZE + left);
  }
  return result;
}
