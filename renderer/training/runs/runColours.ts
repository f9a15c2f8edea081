/** Colors of runs in the order of assignment. Color-blind safe palette by Okabe and Ito. */
export const runColours = [
  '--category-convolution',
  '--category-linear',
  '--category-normalisation',
  '--category-regularisation',
  '--category-activation',
  '--category-pooling',
  '--category-blocks',
  '--category-io',
] as const;

/** Names of custom properties, by run id. */
export type RunColours = ReadonlyMap<string, string>;

/** Assigns a color to each selected run until all are in use. A run gets its previous color back if that is free. */
export function withColours(known: RunColours, chosen: readonly string[]): RunColours {
  const next = new Map(known);
  const taken = new Set<string>();
  const open: string[] = [];
  for (const run of chosen) {
    const colour = known.get(run);
    if (colour === undefined || taken.has(colour)) open.push(run);
    else taken.add(colour);
  }
  for (const run of open) {
    const free = runColours.find((colour) => !taken.has(colour));
    if (free === undefined) next.delete(run);
    else {
      taken.add(free);
      next.set(run, free);
    }
  }
  return next;
}

/** Runs that have a color, with that color. */
export const coloured = <R extends { readonly id: string }>(
  runs: readonly R[],
  colours: RunColours,
): readonly (readonly [run: R, colour: string])[] =>
  runs.flatMap((run) => {
    const colour = colours.get(run.id);
    return colour === undefined ? [] : [[run, colour] as const];
  });
