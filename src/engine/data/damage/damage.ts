import { random } from '../../../random/philox.ts';

export const damages = ['cut-off', 'flips'] as const;
export type Damage = (typeof damages)[number];

/** Bytes at the start of a file that decide how the rest is read; half of the flips hit them. */
const HEADER = 64;
const MOST_FLIPS = 8;

/** The bytes cut off at a random place, or with one to eight bytes changed. The same seed and name give the same damage. */
export function damaged(bytes: Uint8Array, kind: Damage, name: string, seed: number): Uint8Array {
  const rng = random(seed, `${kind} ${name}`);
  if (kind === 'cut-off') return bytes.slice(0, rng.below(bytes.length));
  const changed = Uint8Array.from(bytes);
  for (let left = 1 + rng.below(MOST_FLIPS); left > 0; left--) {
    const at = rng.below(rng.below(2) === 0 ? Math.min(HEADER, bytes.length) : bytes.length);
    changed[at] = (changed[at] as number) ^ (1 + rng.below(255));
  }
  return changed;
}
