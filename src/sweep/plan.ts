import { createChecker } from '../check/check.ts';
import type { CheckResult } from '../check/checkedGraph.ts';
import { trainingStop } from '../check/trainable.ts';
import type { ConfigValue, NetworkDocument } from '../graph/document.ts';
import type { Text } from '../text.ts';
import type { FieldChange } from './field.ts';
import { withField } from './fields.ts';
import type { Point } from './points.ts';

/** Values of the varied hyperparameters of a run, as stored in its record. */
export type VariedValues = Readonly<Record<string, string | number | boolean | null>>;

/** A planned run of a sweep. */
export interface PlannedRun {
  /** Name of the run, made of its values: `learningRate 0.1 · conv1.outChannels 16`. */
  readonly name: string;
  readonly varied: VariedValues;
  readonly document: NetworkDocument;
}

/** A trial that cannot be trained, and the reason. */
export interface LeftOut {
  readonly name: string;
  readonly varied: VariedValues;
  readonly reason: Text;
}

export interface SweepPlan {
  readonly runs: readonly PlannedRun[];
  readonly left: readonly LeftOut[];
}

/**
 * The document of every trial. Trials with errors are listed in `left`. Trials that differ only in training settings
 * are checked once.
 */
export function planSweep(document: NetworkDocument, points: readonly Point[]): SweepPlan {
  const check = createChecker();
  const networks = new Map<string, FieldChange>();
  const networkAt = (point: Point): FieldChange => {
    const key = JSON.stringify(point);
    const known = networks.get(key);
    if (known !== undefined) return known;
    const changed = atPoint(document, point);
    const problem = 'problem' in changed ? changed.problem : firstStop(check(changed.document));
    const drawn = problem === null ? changed : { problem };
    networks.set(key, drawn);
    return drawn;
  };
  const runs: PlannedRun[] = [];
  const left: LeftOut[] = [];
  for (const point of points) {
    const varied = Object.fromEntries(point.map(([id, value]) => [id, plainValue(value)]));
    const name = pointName(varied);
    const network = networkAt(point.filter(([id]) => !isRecipe(id)));
    const drawn =
      'problem' in network
        ? network
        : atPoint(
            network.document,
            point.filter(([id]) => isRecipe(id)),
          );
    if ('problem' in drawn) left.push({ name, varied, reason: drawn.problem });
    else runs.push({ name, varied, document: drawn.document });
  }
  return { runs, left };
}

/** Training settings do not affect the check. */
const isRecipe = (id: string): boolean => id.startsWith('recipe.');

/**
 * Kinds are set first, because setting a kind resets its other settings to their defaults, such as a learning rate that
 * is varied together with the optimizer.
 */
function atPoint(document: NetworkDocument, point: Point): FieldChange {
  const kindsFirst = [...point].sort(([a], [b]) => Number(b.endsWith('.kind')) - Number(a.endsWith('.kind')));
  let present = document;
  for (const [id, value] of kindsFirst) {
    const changed = withField(present, id, value);
    if ('problem' in changed) return changed;
    present = changed.document;
  }
  return { document: present };
}

/** The reason that a network cannot be trained; null if it can. */
export function firstStop({ graph, diagnostics }: CheckResult): Text | null {
  const stop = trainingStop(diagnostics);
  if (graph !== null && stop === null) return null;
  return stop?.message ?? { en: 'The network has errors.', zh: '网络有错误。' };
}

/** A pair of equal numbers becomes one number, which can be placed on an axis; other lists become text. */
function plainValue(value: ConfigValue): string | number | boolean | null {
  if (value === null || typeof value !== 'object') return value;
  if (value.length === 2 && value[0] === value[1] && typeof value[0] === 'number') return value[0];
  return value.join('×');
}

/** Short name of a hyperparameter: `learningRate` for a training setting, `conv1.outChannels` for a node. */
export const shortId = (id: string): string =>
  /^(recipe|data)\./.test(id) && !id.endsWith('.kind')
    ? id.slice(id.lastIndexOf('.') + 1)
    : id.replace(/^recipe\.(\w+)\.kind$/, '$1');

export const pointName = (varied: VariedValues): string =>
  Object.entries(varied)
    .map(([id, value]) => `${shortId(id)} ${value}`)
    .join(' · ');
