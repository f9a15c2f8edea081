/** Colors of runs in the order of assignment. Color-blind safe palette by Okabe and Ito. */
export const runColors = [
  '--category-convolution',
  '--category-linear',
  '--category-normalization',
  '--category-regularization',
  '--category-activation',
  '--category-pooling',
  '--category-blocks',
  '--category-io',
] as const;

/** Names of custom properties, by run id. */
export type RunColors = ReadonlyMap<string, string>;

/** Assigns a color to each selected run until all are in use. A run gets its previous color back if that is free. */
export function withColors(known: RunColors, chosen: readonly string[]): RunColors {
  const next = new Map(known);
  const taken = new Set<string>();
  const open: string[] = [];
  for (const run of chosen) {
    const color = known.get(run);
    if (color === undefined || taken.has(color)) open.push(run);
    else taken.add(color);
  }
  for (const run of open) {
    const free = runColors.find((color) => !taken.has(color));
    if (free === undefined) next.delete(run);
    else {
      taken.add(free);
      next.set(run, free);
    }
  }
  return next;
}

/** Runs that have a color, with that color. */
export const colored = <R extends { readonly id: string }>(
  runs: readonly R[],
  colors: RunColors,
): readonly (readonly [run: R, color: string])[] =>
  runs.flatMap((run) => {
    const color = colors.get(run.id);
    return color === undefined ? [] : [[run, color] as const];
  });
