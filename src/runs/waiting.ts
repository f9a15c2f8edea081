import type { DataConfig } from '../graph/document.ts';
import type { Text } from '../text.ts';
import type { EpochRecord } from './record.ts';

/** Share of the time from which waiting for data is worth a remark. */
const WORTH_SAYING = 0.2;

type EpochTime = Pick<EpochRecord, 'seconds' | 'waited'>;

/** Seconds that training waited for data in these epochs; null where an earlier version did not measure it. */
export const waitedIn = (epochs: readonly EpochTime[]): number | null =>
  epochs.every(({ waited }) => waited !== undefined) ? epochs.reduce((sum, { waited = 0 }) => sum + waited, 0) : null;

/** Share of the time that training waited for data, 0 to 1; null where it was not measured. */
export const waitingShare = ({ seconds, waited }: EpochTime): number | null =>
  waited === undefined || seconds <= 0 ? null : waited / seconds;

/** Reason and remedy where the share is worth a remark; null where it is not. */
export function waitingRemark(share: number | null, data: Pick<DataConfig, 'transforms'>): Text | null {
  if (share === null || share < WORTH_SAYING) return null;
  const percent = Math.round(100 * share);
  return data.transforms?.some(({ on }) => on !== false)
    ? {
        en: `Waiting for data: ${percent}% of the time. The transforms take longer than the training step: remove the slowest, or use smaller images.`,
        zh: `等待数据：占 ${percent}% 的时间。图像变换比训练步更慢：请删除最慢的变换，或使用更小的图像。`,
      }
    : {
        en: `Waiting for data: ${percent}% of the time. Training steps are short, or the processor is busy: a larger batch size may help.`,
        zh: `等待数据：占 ${percent}% 的时间。训练步很短，或处理器繁忙：可以尝试更大的批量大小。`,
      };
}
