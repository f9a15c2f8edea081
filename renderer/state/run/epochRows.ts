import type { EpochRecord } from '../../../src/runs/record.ts';
import type { EpochRow } from '../stores/runStore.ts';

interface Place {
  readonly step: number;
  readonly epoch: number;
}

/**
 * The epochs of a kept run with the steps at which they ended. These steps are not stored: they are interpolated
 * between checkpoints, which is exact unless the batch size was changed.
 */
export function epochRows(
  history: readonly EpochRecord[],
  checkpoints: readonly Place[],
  { steps, epochs }: { readonly steps: number; readonly epochs: number },
): EpochRow[] {
  // The first checkpoint of an epoch is the one nearest to the end of the previous epoch.
  const knots: Place[] = [{ step: 0, epoch: 0 }];
  const even = epochs > 0 && steps % epochs === 0;
  if (!even) {
    for (const { step, epoch } of checkpoints) if (epoch > (knots.at(-1) as Place).epoch) knots.push({ step, epoch });
  }
  knots.push({ step: Math.max(steps, (knots.at(-1) as Place).step), epoch: Math.max(epochs, history.length) });
  return history.map((row) => {
    const right = knots.findIndex(({ epoch }) => epoch >= row.epoch);
    const [a, b] = [knots[right - 1] as Place, knots[right] as Place];
    const share = b.epoch === a.epoch ? 1 : (row.epoch - a.epoch) / (b.epoch - a.epoch);
    return { ...row, step: Math.round(a.step + share * (b.step - a.step)) };
  });
}
