import { type Dataset, labeledImages } from '../../data/dataset.ts';
import { toySet } from '../../data/toySource.ts';
import { permutation, random } from '../../random/philox.ts';

export const numbers = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

export const toy = (name: string, count = 1000): Dataset => toySet(name, { count }) as Dataset;

/** The samples with these indices, in this order; an index may occur twice. */
export function pick(data: Dataset, indices: ArrayLike<number>): Dataset {
  const list = Array.from(indices);
  const part = <F extends Dataset['inputs'][number]>(field: F): F => {
    const size = field.shape.reduce((a, b) => a * b, 1);
    const picked = new (field.data.constructor as new (length: number) => Uint8Array)(list.length * size);
    list.forEach((from, to) => {
      picked.set(field.data.subarray(from * size, (from + 1) * size) as Uint8Array, to * size);
    });
    return { ...field, data: picked };
  };
  return { ...data, count: list.length, inputs: data.inputs.map(part), targets: data.targets.map(part) };
}

/** The dataset with shuffled targets. */
export function shuffled(data: Dataset): Dataset {
  const order = permutation(data.count, random(5, 'shuffled'));
  return { ...data, targets: pick(data, order).targets };
}

/** Images of 12 × 12: ten shapes, moved about, dimmed and noisy; learned well but not at once. */
export function shapeImages(count: number, noise = 60): Dataset {
  const rng = random(11, 'pictures');
  const side = 12;
  const shapes = Array.from({ length: 10 }, () =>
    Array.from({ length: 4 }, () => [2 + rng.below(6), 2 + rng.below(6), rng.below(2), 3 + rng.below(3)] as const),
  );
  const labels = Uint8Array.from({ length: count }, (_, i) => i % 10);
  const images = new Uint8Array(count * side * side);
  labels.forEach((label, i) => {
    const image = images.subarray(i * side * side, (i + 1) * side * side);
    const [dx, dy, light] = [rng.below(3) - 1, rng.below(3) - 1, 120 + rng.below(100)];
    for (const [x, y, upright, length] of shapes[label] ?? []) {
      for (let k = 0; k < length; k++) {
        const [px, py] = [x + dx + (upright ? 0 : k), y + dy + (upright ? k : 0)];
        if (px >= 0 && py >= 0 && px < side && py < side) image[py * side + px] = light;
      }
    }
    for (let p = 0; p < image.length; p++)
      image[p] = Math.max(0, Math.min(255, (image[p] ?? 0) + noise * rng.normal()));
  });
  return labeledImages('pictures', [1, side, side], images, labels);
}

/** The dataset reduced to `keep[class]` samples of each class. */
export function rare(data: Dataset, keep: readonly number[]): Dataset {
  const labels = data.targets[0]?.data as Uint8Array;
  const left = [...keep];
  return pick(
    data,
    numbers(0, data.count).filter((i) => {
      const label = labels[i] as number;
      if ((left[label] ?? 0) <= 0) return false;
      left[label] = (left[label] as number) - 1;
      return true;
    }),
  );
}

export function scaled(data: Dataset, by: number): Dataset {
  const [x] = data.inputs;
  if (x?.kind !== 'numbers') throw new Error('no numbers');
  return { ...data, inputs: [{ ...x, data: x.data.map((value) => by * value) }] };
}

/** Every image twice, the second time a little lighter in two pixels of three. */
export function noisyCopies(data: Dataset): Dataset {
  const twice = pick(data, [...numbers(0, data.count), ...numbers(0, data.count)]);
  const [images] = twice.inputs;
  if (images?.kind !== 'bytes') throw new Error('no images');
  const half = images.data.length / 2;
  for (let i = half; i < 2 * half; i++) images.data[i] = Math.min(255, (images.data[i] as number) + (i % 3));
  return twice;
}
