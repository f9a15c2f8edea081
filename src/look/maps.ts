/** Output of a layer for one sample, as images `[count, height, width]` or one row of values `[count]`. */
export interface Maps {
  /** Output shape of the layer without the batch axis. */
  readonly shape: readonly number[];
  /** Number of maps, and of the first ones whose values are included. */
  readonly count: number;
  readonly shown: number;
  /** Size of an included map; 1×1 for a row of values. */
  readonly height: number;
  readonly width: number;
  readonly data: Float32Array<ArrayBuffer>;
  /** Minimum and maximum over all maps. */
  readonly min: number;
  readonly max: number;
  /** One entry per included map: 1 if all its values are zero. */
  readonly silent: Uint8Array<ArrayBuffer>;
}

export interface MapLimits {
  /** Limit on the maps of a layer. */
  readonly maps: number;
  /** Limit on the side of a map; larger maps are averaged. */
  readonly side: number;
  /** Limit on the values of a layer. */
  readonly numbers: number;
}

/** Layout of an output as maps: images by channel, sequences as one image, everything else as a row of values. */
function layoutOf(shape: readonly number[]): readonly [count: number, height: number, width: number] {
  if (shape.length === 3) return [shape[0] as number, shape[1] as number, shape[2] as number];
  if (shape.length === 2) return [1, shape[0] as number, shape[1] as number];
  return [shape.reduce((a, b) => a * b, 1), 1, 1];
}

export function mapsOf(shape: readonly number[], numbers: Float32Array, limits: MapLimits): Maps {
  const [count, tall, wide] = layoutOf(shape);
  const [height, width] = [Math.min(tall, limits.side), Math.min(wide, limits.side)];
  // A row may have more values than the limit on maps.
  const most = height * width === 1 ? limits.numbers : limits.maps;
  const shown = Math.min(count, most, Math.max(1, Math.floor(limits.numbers / (height * width))));
  const data = new Float32Array(shown * height * width);
  const silent = new Uint8Array(shown);
  for (let k = 0; k < shown; k++) {
    const map = numbers.subarray(k * tall * wide, (k + 1) * tall * wide);
    silent[k] = Number(map.every((x) => x === 0));
    const place = data.subarray(k * height * width, (k + 1) * height * width);
    if (height === tall && width === wide) place.set(map);
    else shrink(map, tall, wide, place, height, width);
  }
  const [min, max] = rangeOf(numbers);
  return { shape, count, shown, height, width, data, min, max, silent };
}

/** Every value becomes the mean of the covered values. */
function shrink(from: Float32Array, tall: number, wide: number, to: Float32Array, height: number, width: number): void {
  for (let y = 0; y < height; y++) {
    const [top, bottom] = [Math.floor((y * tall) / height), Math.ceil(((y + 1) * tall) / height)];
    for (let x = 0; x < width; x++) {
      const [left, right] = [Math.floor((x * wide) / width), Math.ceil(((x + 1) * wide) / width)];
      let sum = 0;
      for (let row = top; row < bottom; row++) {
        for (let column = left; column < right; column++) sum += from[row * wide + column] as number;
      }
      to[y * width + x] = sum / ((bottom - top) * (right - left));
    }
  }
}

function rangeOf(numbers: Float32Array): readonly [min: number, max: number] {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const x of numbers) {
    if (!Number.isFinite(x)) continue;
    if (x < min) min = x;
    if (x > max) max = x;
  }
  return min <= max ? [min, max] : [0, 0];
}
