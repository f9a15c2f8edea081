import type { Pair } from './align.ts';

type Place = readonly [a: number | null, b: number | null];

/**
 * Merges two sequences into one list of pairs and single items. Between two pairs come the items of the first
 * sequence, then those of the second. A pair out of order has the position of its item in the second sequence.
 */
export function merged(a: number, b: number, pairs: readonly Pair[]): readonly Place[] {
  const partnerOf = new Map(pairs.map(([i, j]) => [j, i]));
  const paired = new Set(pairs.map(([i]) => i));
  const places: Place[] = [];
  let next = 0;
  const onlyA = (until: number): void => {
    for (; next < until; next++) if (!paired.has(next)) places.push([next, null]);
  };
  for (let j = 0; j < b; j++) {
    const i = partnerOf.get(j);
    onlyA(i ?? nextPartner(j, b, partnerOf) ?? a);
    places.push([i ?? null, j]);
  }
  onlyA(a);
  return places;
}

function nextPartner(from: number, b: number, partnerOf: ReadonlyMap<number, number>): number | undefined {
  for (let j = from; j < b; j++) if (partnerOf.has(j)) return partnerOf.get(j);
  return undefined;
}
