/**
 * Philox4x32-10, the counter-based generator of Salmon, Moraes, Dror and Shaw, "Parallel Random Numbers: As Easy as
 * 1, 2, 3" (SC 2011). A random number depends only on key and counter, so a run can be resumed at any position with the
 * same bits.
 */
const M0 = 0xd2511f53;
const M1 = 0xcd9e8d57;
const W0 = 0x9e3779b9;
const W1 = 0xbb67ae85;

function mulHi(a: number, b: number): number {
  const al = a & 0xffff;
  const ah = a >>> 16;
  const bl = b & 0xffff;
  const bh = b >>> 16;
  const mid = ah * bl + ((al * bl) >>> 16);
  const low = (mid & 0xffff) + al * bh;
  return (ah * bh + Math.floor(mid / 0x10000) + (low >= 0x10000 ? Math.floor(low / 0x10000) : 0)) >>> 0;
}

/** One block: four unsigned 32-bit words for a counter and a key. */
export function philox4x32(
  counter: readonly [number, number, number, number],
  key: readonly [number, number],
): [number, number, number, number] {
  let [c0, c1, c2, c3] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < 10; round++) {
    const hi0 = mulHi(M0, c0);
    const lo0 = Math.imul(M0, c0) >>> 0;
    const hi1 = mulHi(M1, c2);
    const lo1 = Math.imul(M1, c2) >>> 0;
    const n0 = (hi1 ^ c1 ^ k0) >>> 0;
    const n2 = (hi0 ^ c3 ^ k1) >>> 0;
    c0 = n0;
    c1 = lo1;
    c2 = n2;
    c3 = lo0;
    k0 = (k0 + W0) >>> 0;
    k1 = (k1 + W1) >>> 0;
  }
  return [c0, c1, c2, c3];
}

/** A stream of random numbers for a seed and a purpose. It can be read from any position. */
export interface Random {
  /** Uniform in [0, 2^32). */
  uint32(): number;
  /** Uniform in [0, 1), 53 bits. */
  uniform(): number;
  /** Standard normal (Box and Muller). */
  normal(): number;
  /** Uniform integer in [0, n); unbiased. */
  below(n: number): number;
}

/** FNV-1a with 32 bits. Hashes the name of a stream to half of its key. */
function hash(name: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) h = Math.imul(h ^ name.charCodeAt(i), 0x01000193) >>> 0;
  return h;
}

/**
 * The stream of `seed` for one purpose, for example `random(seed, 'init/conv1/weight')`. Streams of different names
 * are independent. The same seed and name result in the same numbers on every computer. `place`, two integers from 0 to
 * 2^32 − 1, selects one of 2^64 independent streams of that name.
 */
export function random(seed: number, name: string, place: readonly [number, number] = [0, 0]): Random {
  const key: [number, number] = [seed >>> 0, hash(name)];
  const high = Math.floor(seed / 0x100000000) >>> 0;
  let block = 0;
  let words: [number, number, number, number] = [0, 0, 0, 0];
  let at = 4;
  let spare: number | null = null;
  const uint32 = (): number => {
    if (at === 4) {
      words = philox4x32([block >>> 0, (Math.floor(block / 0x100000000) + place[0]) >>> 0, high, place[1]], key);
      block++;
      at = 0;
    }
    return words[at++];
  };
  const uniform = (): number => ((uint32() >>> 5) * 0x4000000 + (uint32() >>> 6)) / 0x20000000000000;
  return {
    uint32,
    uniform,
    normal() {
      if (spare !== null) {
        const value = spare;
        spare = null;
        return value;
      }
      const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
      const angle = 2 * Math.PI * uniform();
      spare = radius * Math.sin(angle);
      return radius * Math.cos(angle);
    },
    below(n) {
      const limit = 0x100000000 - (0x100000000 % n);
      let word = uint32();
      while (word >= limit) word = uint32();
      return word % n;
    },
  };
}

/** A random permutation of 0 … n − 1 (Fisher and Yates), determined by the stream. */
export function permutation(n: number, rng: Random): Uint32Array {
  const order = Uint32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = rng.below(i + 1);
    const kept = order[i];
    order[i] = order[j];
    order[j] = kept;
  }
  return order;
}
