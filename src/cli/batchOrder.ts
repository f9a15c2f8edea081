import { epochOrder } from '../data/batches.ts';
import { splitOf } from '../data/split.ts';
import type { EngineFiles } from '../engine/files.ts';
import { openDataset } from '../engine/files.ts';
import type { NetworkDocument } from '../graph/document.ts';
import { UserError } from '../text.ts';

/** The samples of every batch of a run, so that another program can train on the same batches. */
export interface BatchOrder {
  readonly data: string;
  readonly samples: number;
  readonly seed: number;
  readonly batchSize: number;
  /** Indices of the validation samples in the dataset. */
  readonly validation: readonly number[];
  /**
   * One list per epoch: indices of the training samples in training order. Each batch takes the next `batchSize`
   * indices; the last batch may be smaller.
   */
  readonly epochs: readonly (readonly number[])[];
}

/** Limit on the number of indices; this many make a file of about 600 MB. */
const MOST = 1e8;

/** The sample order of a whole run. Throws UserError if it exceeds the limit. */
export async function batchOrder(document: NetworkDocument, files: EngineFiles): Promise<BatchOrder> {
  const { data: config, recipe } = document;
  const data = await openDataset(config.source, files, config);
  const { train, validation } = splitOf(data, config);
  const indices = train.length * recipe.epochs;
  if (indices > MOST) {
    const most = Math.floor(MOST / train.length);
    throw new UserError({
      en: `The sample order of ${recipe.epochs} epochs has ${indices.toLocaleString('en-US')} indices. Export at most ${most} epochs: --epochs ${most}`,
      zh: `${recipe.epochs} 轮的样本顺序共有 ${indices.toLocaleString('en-US')} 个序号。最多导出 ${most} 轮：--epochs ${most}`,
    });
  }
  return {
    data: config.source,
    samples: data.count,
    seed: recipe.seed,
    batchSize: recipe.batchSize,
    validation: [...validation],
    epochs: Array.from({ length: recipe.epochs }, (_, epoch) => [...epochOrder(train, recipe.seed, epoch)]),
  };
}
