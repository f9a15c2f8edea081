/** Okabe and Ito's, which colour-blind eyes tell apart, in the order in which runs get them. */
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

/** A name of a custom property for each run that is drawn, and no more than there are. */
export const coloured = <R>(runs: readonly R[]): readonly (readonly [run: R, colour: string])[] =>
  runs.slice(0, runColours.length).map((run, i) => [run, runColours[i] as string] as const);

/** Names made of parts, without the parts that all of them have. */
export function distinctNames(names: readonly string[]): readonly string[] {
  const parts = names.map((name) => name.split(' · '));
  const short = parts.map((own) => own.filter((part) => !parts.every((other) => other.includes(part))).join(' · '));
  return short.includes('') ? names : short;
}
