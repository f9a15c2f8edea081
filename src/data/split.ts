import { permutation, random } from '../random/philox.ts';
import { PARTS } from './dataset.ts';

/** Indices of the samples to train on, to validate on, and of a test set that the data has, each in ascending order. */
export interface Split {
  readonly train: Uint32Array;
  readonly validation: Uint32Array;
  readonly test: Uint32Array;
}

/**
 * The parts that the data comes in. Without a part for validation, the share `validation` of the training part is held out, the same
 * share of every class. Without classes all labels are 0.
 */
export function partSplit(parts: Uint8Array, labels: Uint8Array, validation: number, seed: number): Split {
  const indices = Uint32Array.from(parts.keys());
  const inPart = (part: number) => indices.filter((index) => parts[index] === part);
  const [train, held, test] = [inPart(PARTS.train), inPart(PARTS.validation), inPart(PARTS.test)];
  if (held.length > 0 && train.length > 0) return { train, validation: held, test };
  const rest = train.length > 0 ? train : held.length > 0 ? held : test;
  const split = stratifiedSplit(
    Uint8Array.from(rest, (index) => labels[index] as number),
    validation,
    seed,
  );
  const placed = (places: Uint32Array) => places.map((place) => rest[place] as number);
  return {
    train: placed(split.train),
    validation: placed(split.validation),
    test: rest === test ? new Uint32Array() : test,
  };
}

/**
 * Holds back the share `validation` of the samples, the same share of every class (largest remainders decide the odd
 * samples, so that the total is exact). The same labels and seed give the same split. Without classes all labels are 0.
 */
export function stratifiedSplit(labels: Uint8Array, validation: number, seed: number): Split {
  const byClass = new Map<number, number[]>();
  labels.forEach((label, index) => {
    const members = byClass.get(label);
    if (members === undefined) byClass.set(label, [index]);
    else members.push(index);
  });
  const classes = [...byClass].sort(([a], [b]) => a - b);
  const shares = classes.map(([, members]) => Math.floor(members.length * validation));
  const remainder = (i: number) => ((classes[i]?.[1].length ?? 0) * validation) % 1;
  const order = classes.map((_, i) => i).sort((a, b) => remainder(b) - remainder(a) || a - b);
  const missing = Math.round(labels.length * validation) - shares.reduce((a, b) => a + b, 0);
  for (const i of order.slice(0, missing)) shares[i] = (shares[i] as number) + 1;

  const held = new Uint8Array(labels.length);
  classes.forEach(([label, members], i) => {
    const drawn = permutation(members.length, random(seed, `split/${label}`)).subarray(0, shares[i]);
    for (const at of drawn) held[members[at] as number] = 1;
  });
  const indices = Uint32Array.from(labels, (_, index) => index);
  return {
    train: indices.filter((i) => held[i] === 0),
    validation: indices.filter((i) => held[i] === 1),
    test: new Uint32Array(),
  };
}
