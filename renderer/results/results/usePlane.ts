import { useMemo } from 'react';
import type { OutputPrediction } from '../../../src/protocol/results.ts';
import { engine } from '../../state/desktop/engine.ts';
import { useNewest } from '../../state/desktop/newestWins.ts';
import { shownNetwork, useShown } from '../../state/travel/shownNetwork.ts';
import { usePrediction } from '../predict/usePrediction.ts';
import { type Bounds, boundsOf, gridOf } from './planeOf.ts';

/** Number of cells per side: enough for smooth borders, and computed in milliseconds. */
export const CELLS = 56;
/** Max number of points. */
const MOST = 400;

interface Points {
  /** Coordinates x, y, x, y, … */
  readonly at: Float32Array;
  /** Classes or target values. */
  readonly truth: Float32Array;
}

const none: Points = { at: new Float32Array(), truth: new Float32Array() };

export interface Plane {
  readonly bounds: Bounds;
  readonly points: Points;
  /** Predictions for all cells, followed by those for all points; null before the first prediction. */
  readonly prediction: OutputPrediction | null;
}

/** Predictions over the plane of two features, updated during training. */
export function usePlane(): Plane {
  const points = useValidation();
  const bounds = useMemo(() => boundsOf(points.at), [points]);
  const input = useMemo(() => {
    const grid = gridOf(bounds, CELLS);
    const all = new Float32Array(grid.length + points.at.length);
    all.set(grid);
    all.set(points.at, grid.length);
    return all;
  }, [bounds, points]);
  const [prediction = null] = usePrediction(input)?.outputs ?? [];
  return { bounds, points, prediction };
}

/** First validation samples, as points. */
function useValidation(): Points {
  const data = useShown().document.data;
  return useNewest(none, () => fetchPoints().catch(() => none), [data]);
}

async function fetchPoints(): Promise<Points> {
  const { document } = shownNetwork();
  const ask = (count: number) =>
    engine.call('samples', {
      document,
      of: 'validation',
      indices: Uint32Array.from({ length: count }, (_, i) => i),
    });
  const { total } = await ask(0);
  const { inputs, targets } = await ask(Math.min(MOST, total));
  const input = inputs.find(({ shape }) => shape.join() === '2');
  const [target] = targets;
  if (input === undefined || target === undefined) return none;
  return { at: Float32Array.from(input.data), truth: Float32Array.from(target.data) };
}
