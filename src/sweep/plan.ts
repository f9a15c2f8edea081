import { createChecker } from '../check/check.ts';
import type { CheckResult } from '../check/checkedGraph.ts';
import { trainingStop } from '../check/trainable.ts';
import type { ConfigValue, NetworkDocument } from '../graph/document.ts';
import type { Text } from '../text.ts';
import type { Changed } from './field.ts';
import { withField } from './fields.ts';
import type { Point } from './points.ts';

/** A run's values of the fields that are varied, as its record keeps them. */
export type Varied = Readonly<Record<string, string | number | boolean | null>>;

/** A run that a sweep asks for. */
export interface PlannedRun {
  /** What makes it different: `learningRate 0.1 · conv1.outChannels 16`. */
  readonly name: string;
  readonly varied: Varied;
  readonly document: NetworkDocument;
}

/** A point of a sweep that cannot be trained, and why. */
export interface LeftOut {
  readonly name: string;
  readonly varied: Varied;
  readonly reason: Text;
}

export interface SweepPlan {
  readonly runs: readonly PlannedRun[];
  readonly left: readonly LeftOut[];
}

/** The document at every point. What does not check is left out, and said; what differs in its recipe alone is checked once. */
export function planSweep(document: NetworkDocument, points: readonly Point[]): SweepPlan {
  const check = createChecker();
  const networks = new Map<string, Changed>();
  const networkAt = (point: Point): Changed => {
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

/** The recipe is no part of what is checked. */
const isRecipe = (id: string): boolean => id.startsWith('recipe.');

/** Kinds come before what they bring, so that a rate that is varied beside its optimizer is not lost. */
function atPoint(document: NetworkDocument, point: Point): Changed {
  const kindsFirst = [...point].sort(([a], [b]) => Number(b.endsWith('.kind')) - Number(a.endsWith('.kind')));
  let present = document;
  for (const [id, value] of kindsFirst) {
    const changed = withField(present, id, value);
    if ('problem' in changed) return changed;
    present = changed.document;
  }
  return { document: present };
}

/** Reason why a run of the network cannot be trained; null where it can. */
export function firstStop({ graph, diagnostics }: CheckResult): Text | null {
  const stop = trainingStop(diagnostics);
  if (graph !== null && stop === null) return null;
  return stop?.message ?? { en: 'The network has problems.', zh: '网络有问题。' };
}

/** Equal pairs as one number, so that they have a place on an axis; others as they are written. */
function plainValue(value: ConfigValue): string | number | boolean | null {
  if (value === null || typeof value !== 'object') return value;
  if (value.length === 2 && value[0] === value[1] && typeof value[0] === 'number') return value[0];
  return value.join('×');
}

/** `learningRate` of the recipe, `conv1.outChannels` of a node: what a field is called in little room. */
export const shortId = (id: string): string =>
  /^(recipe|data)\./.test(id) && !id.endsWith('.kind')
    ? id.slice(id.lastIndexOf('.') + 1)
    : id.replace(/^recipe\.(\w+)\.kind$/, '$1');

export const pointName = (varied: Varied): string =>
  Object.entries(varied)
    .map(([id, value]) => `${shortId(id)} ${value}`)
    .join(' · ');
