import type { Fitting } from '../../../../src/plan/fits.ts';
import { findLayers, isCalled } from '../../palette/findLayers.ts';

/** The lines of the small list of layers, from the first that Enter takes. */
export interface QuickFound {
  /** Called just what was typed, whether it fits or not: it was asked for by name. */
  readonly named: readonly Fitting[];
  readonly fitting: readonly Fitting[];
  readonly others: readonly Fitting[];
}

export function quickFound(fittings: readonly Fitting[], query: string): QuickFound {
  const hits = findLayers(fittings, query);
  const called = new Set(query.trim() === '' ? [] : hits.filter((offer) => isCalled(offer, query)));
  const rest = hits.filter((offer) => !called.has(offer));
  return {
    named: [...called],
    fitting: rest.filter(({ fits }) => fits),
    others: rest.filter(({ fits }) => !fits),
  };
}
