import { permutation, random } from '../random/philox.ts';

/** Indices of the training samples and of the held-out validation samples, each in ascending order. */
export interface Split {
  readonly train: Uint32Array;
  readonly validation: Uint32Array;
}

/**
 * Holds out the fraction `validation` of the samples, with the same fraction of every class. Remainders are
 * distributed by the largest remainder method, so that the total is exact. The same labels and seed result in the same
 * split. A dataset without classes has label 0 for all samples.
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
  return { train: indices.filter((i) => held[i] === 0), validation: indices.filter((i) => held[i] === 1) };
}
