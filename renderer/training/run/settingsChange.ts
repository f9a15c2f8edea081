import { DRAWN } from '../../../src/data/drawnPoints.ts';
import type { DataConfig, NetworkDocument } from '../../../src/graph/document.ts';
import type { Recipe } from '../../../src/graph/recipe.ts';
import type { RunChange } from '../../../src/runs/record.ts';
import { type Adjustable, recipeNow } from './recipeNow.ts';

export interface SettingsChange {
  /** Settings that the run can adopt at once. */
  readonly now: Partial<Adjustable>;
  /** True if other settings changed, too. They apply to the next run. */
  readonly later: boolean;
}

type Settings = Pick<NetworkDocument, 'recipe' | 'data'>;

/**
 * Settings of training and data changed in the document since the start of a run, and not yet adopted by it. Changes made to the run
 * itself are not in the document. Null if there are none.
 */
export function settingsChange(
  began: Settings,
  changes: readonly RunChange[],
  { recipe, data }: Settings,
): SettingsChange | null {
  const [before, inForce] = [recipeNow(began.recipe, []), recipeNow(began.recipe, changes)];
  const wanted = recipeNow(recipe, []);
  const keys = ['learningRate', 'batchSize', 'epochs'] as const;
  const now = Object.fromEntries(
    keys.filter((key) => wanted[key] !== before[key] && wanted[key] !== inForce[key]).map((key) => [key, wanted[key]]),
  );
  const rest = (of: Recipe): string => {
    const { learningRate: _, ...optimizer } = of.optimizer;
    return JSON.stringify({ ...of, optimizer, batchSize: 0, epochs: 0 });
  };
  const later = rest(began.recipe) !== rest(recipe) || samplesKey(began.data) !== samplesKey(data);
  return later || Object.keys(now).length > 0 ? { now, later } : null;
}

/** Everything that decides on the samples of a run, in any order of the settings; not the points of other data. */
function samplesKey({ facts: _, sha256: __, relativeSource: ___, points, ...settings }: DataConfig): string {
  const own = settings.source === DRAWN ? points : undefined;
  return JSON.stringify([own, ...Object.entries(settings).sort(([a], [b]) => (a < b ? -1 : 1))]);
}
