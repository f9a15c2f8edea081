import { type Dataset, type Field, PARTS, valuesAt } from '../dataset.ts';
import { bandsOf, type Fingerprint, looksSame } from './differenceHash.ts';

/** Two samples with the same or nearly the same inputs. */
export interface SamplePair {
  readonly first: number;
  readonly second: number;
  readonly kind: 'copy' | 'near';
  /** True where the samples are in different parts of the split. */
  readonly isLeak: boolean;
}

/** Pairs that are kept, those across the split first. */
export const MOST_PAIRS = 200;

export interface Duplicates {
  /** Samples whose inputs equal those of an earlier sample. */
  readonly copies: number;
  /** Pairs of images that look the same without being copies. */
  readonly near: number;
  /** Samples for validation or test with a copy or near-duplicate in the training set. */
  readonly leaked: number;
  readonly pairs: readonly SamplePair[];
}

/** Groups of two samples or more with exactly the same inputs, in ascending order. `step` is called after each sample. */
export function exactCopies(data: Pick<Dataset, 'count' | 'inputs'>, step: () => void = () => {}): number[][] {
  const buckets = new Map<number, number[][]>();
  for (let index = 0; index < data.count; index++) {
    const key = keyOf(data, index);
    const groups = buckets.get(key);
    const same = groups?.find(([first]) => isCopy(data, first as number, index));
    if (same !== undefined) same.push(index);
    else if (groups !== undefined) groups.push([index]);
    else buckets.set(key, [[index]]);
    step();
  }
  return [...buckets.values()].flat().filter(({ length }) => length > 1);
}

/** FNV-1a over the bytes of all inputs; equal keys are compared byte by byte. */
function keyOf({ inputs }: Pick<Dataset, 'inputs'>, index: number): number {
  let key = 0x811c9dc5;
  for (const field of inputs) {
    for (const byte of bytesOf(valuesAt(field, index))) key = Math.imul(key ^ byte, 0x01000193);
  }
  return key;
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Field['data']): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

const isCopy = ({ inputs }: Pick<Dataset, 'inputs'>, a: number, b: number): boolean =>
  inputs.every((field) => {
    const [one, other] = [bytesOf(valuesAt(field, a)), bytesOf(valuesAt(field, b))];
    return one.every((byte, at) => byte === other[at]);
  });

/**
 * Exact copies and near-duplicates. `parts`: one of `PARTS` for every sample. `prints`: the fingerprint of every sample, empty for
 * data that is not images. `step` is called after each sample of the search.
 */
export function duplicatesOf(
  groups: readonly (readonly number[])[],
  parts: Uint8Array,
  prints: readonly Fingerprint[],
  step: () => void = () => {},
): Duplicates {
  const leaked = new Set<number>();
  const [across, within]: [SamplePair[], SamplePair[]] = [[], []];
  const add = (a: number, b: number, kind: SamplePair['kind']) => {
    const [first, second] = a < b ? [a, b] : [b, a];
    const isLeak = parts[a] !== parts[b];
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const)
      if (parts[one] === PARTS.train && parts[other] !== PARTS.train) leaked.add(other);
    const list = isLeak ? across : within;
    if (list.length < MOST_PAIRS) list.push({ first, second, kind, isLeak });
  };
  // Of equal samples in one part, one stands for all in the search for near-duplicates.
  const skipped = new Uint8Array(parts.length);
  for (const group of groups) {
    const shown = group.find((index) => parts[index] === PARTS.train) ?? (group[0] as number);
    const seen = new Set<number>();
    for (const index of group) {
      if (index !== shown) add(shown, index, 'copy');
      if (seen.has(parts[index] as number)) skipped[index] = 1;
      seen.add(parts[index] as number);
    }
  }
  const groupOf = new Map(groups.flatMap((group, at) => group.map((index) => [index, at] as const)));
  let near = 0;
  const buckets = new Map<number, number[]>();
  for (let index = 0; index < prints.length; index++) {
    step();
    const print = prints[index] as Fingerprint;
    if (skipped[index] === 1 || print.thumbnail === null) continue;
    const compared = new Set<number>();
    for (const [band, bits] of bandsOf(print.hash).entries()) {
      const key = band * 2 ** 16 + bits;
      const bucket = buckets.get(key);
      if (bucket === undefined) {
        buckets.set(key, [index]);
        continue;
      }
      for (const other of bucket) {
        if (!looksSame(print, prints[other] as Fingerprint) || compared.has(other)) continue;
        compared.add(other);
        if (groupOf.has(index) && groupOf.get(index) === groupOf.get(other)) continue;
        near++;
        add(other, index, 'near');
      }
      bucket.push(index);
    }
  }
  const copies = groups.reduce((sum, { length }) => sum + length - 1, 0);
  return { copies, near, leaked: leaked.size, pairs: [...across, ...within].slice(0, MOST_PAIRS) };
}
