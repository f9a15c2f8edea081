import type { NetworkDocument } from './document.ts';

/** All ids on the canvas: of nodes, notes and frames. */
export const takenIds = ({ nodes, notes, frames }: NetworkDocument): ReadonlySet<string> =>
  new Set([...nodes, ...notes, ...frames].map(({ id }) => id));

/** `base`, or `base2`, `base3`, …: the first that is not taken. A number at the end of `base` counts on from there. */
export function freshName(base: string, taken: ReadonlySet<string>): string {
  if (!taken.has(base)) return base;
  const [, stem = base, digits] = /^(.*?)(\d+)$/.exec(base) ?? [];
  for (let n = digits === undefined ? 2 : Number(digits) + 1; ; n++) {
    const name = `${stem}${n}`;
    if (!taken.has(name)) return name;
  }
}
