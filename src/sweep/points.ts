import type { ConfigValue } from '../graph/document.ts';
import type { Field } from '../layers/config.ts';
import { type Random, random } from '../random/philox.ts';

/** A hyperparameter and its values in a grid search. */
export interface GridAxis {
  readonly id: string;
  readonly values: readonly ConfigValue[];
}

/** Distribution of a random search. Both ends of a range are included. */
export type Draw =
  | { readonly kind: 'uniform' | 'logUniform' | 'integer'; readonly min: number; readonly max: number }
  | { readonly kind: 'choice'; readonly values: readonly ConfigValue[] };

export interface RandomAxis {
  readonly id: string;
  readonly draw: Draw;
}

export type SweepSpec =
  | { readonly kind: 'grid'; readonly axes: readonly GridAxis[]; readonly seeds: readonly number[] }
  | {
      readonly kind: 'random';
      readonly axes: readonly RandomAxis[];
      readonly count: number;
      /** Seed of the random samples. */
      readonly seed: number;
      readonly seeds: readonly number[];
    };

/** One trial: a value for each varied hyperparameter. */
export type Point = readonly (readonly [id: string, value: ConfigValue])[];

/** Limit on the runs of a sweep; longer tables are no longer useful to a reader. */
export const SWEEP_LIMIT = 200;

/** Number of runs of a sweep; for a random search, the maximum. */
export function sweepSize(spec: SweepSpec): number {
  const points =
    spec.kind === 'random' ? spec.count : spec.axes.reduce((product, { values }) => product * values.length, 1);
  return points * Math.max(1, spec.seeds.length);
}

const SEED = 'recipe.seed';

/** All trials of a sweep, each once per seed. Throws above the limit; call `sweepSize` first. */
export function sweepPoints(spec: SweepSpec): readonly Point[] {
  const size = sweepSize(spec);
  if (size > SWEEP_LIMIT) throw new Error(`A sweep of ${size} runs exceeds the limit of ${SWEEP_LIMIT}.`);
  const points = spec.kind === 'grid' ? gridPoints(spec.axes) : randomPoints(spec);
  if (spec.seeds.length === 0) return points;
  return points.flatMap((point) => spec.seeds.map((seed): Point => [...point, [SEED, seed]]));
}

/** The last axis varies fastest. */
const gridPoints = (axes: readonly GridAxis[]): readonly Point[] =>
  axes.reduce<readonly Point[]>(
    (points, { id, values }) => points.flatMap((point) => values.map((value): Point => [...point, [id, value]])),
    [[]],
  );

/** Repeated samples in a row after which the space counts as exhausted. */
const TRIES = 100;

/** Distinct random points; fewer than `count` if the space has fewer. */
function randomPoints({ axes, count, seed }: SweepSpec & { kind: 'random' }): readonly Point[] {
  const streams = axes.map(({ id }) => random(seed, `sweep/${id}`));
  const points = new Map<string, Point>();
  for (let vain = 0; points.size < count && vain < TRIES; ) {
    const point = axes.map(({ id, draw }, i): Point[number] => [id, drawn(draw, streams[i] as Random)]);
    const key = JSON.stringify(point);
    vain = points.has(key) ? vain + 1 : 0;
    points.set(key, point);
  }
  return [...points.values()];
}

function drawn(draw: Draw, stream: Random): ConfigValue {
  if (draw.kind === 'choice') return draw.values[stream.below(draw.values.length)] ?? null;
  const { min, max } = draw;
  if (draw.kind === 'integer') return min + stream.below(max - min + 1);
  const u = stream.uniform();
  return rounded(draw.kind === 'uniform' ? min + u * (max - min) : min * (max / min) ** u, draw);
}

/** Rounded to three significant digits, so that the name of a run shows the exact value. */
const rounded = (value: number, { min, max }: { min: number; max: number }): number =>
  Math.min(max, Math.max(min, Number(value.toPrecision(3))));

/** The distribution of a field between two values; whole numbers stay whole. */
export function drawBetween(field: Field, logarithmic: boolean, min: number, max: number): Draw {
  if (field.kind === 'int') return { kind: 'integer', min: Math.ceil(min), max: Math.floor(max) };
  return { kind: logarithmic && min > 0 ? 'logUniform' : 'uniform', min, max };
}
