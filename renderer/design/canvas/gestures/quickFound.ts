import type { Fitting } from '../../../../src/plan/fits.ts';
import { findLayers, isCalled } from '../../palette/findLayers.ts';

/** The rows of the list of layers; Enter takes the first. */
export interface QuickFound {
  /** Layers whose title is exactly the query, also if they do not fit. */
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
