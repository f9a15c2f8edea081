import { epochOrder } from '../data/batches.ts';
import type { EngineFiles } from '../engine/files.ts';
import { openDataset } from '../engine/files.ts';
import { splitOf } from '../engine/network.ts';
import type { NetworkDocument } from '../graph/document.ts';
import { UserError } from '../text.ts';

/** Which samples a run takes, and when: enough for another program to feed the same batches. */
export interface BatchOrder {
  readonly data: string;
  readonly samples: number;
  readonly seed: number;
  readonly batchSize: number;
  /** Indices into the data of the samples that are held out. */
  readonly validation: readonly number[];
  /** Of each epoch: indices of the training samples in the order taken, `batchSize` at a time; the last batch may be short. */
  readonly epochs: readonly (readonly number[])[];
}

/** As many indices as a file of about 600 MB holds. */
const MOST = 1e8;

/** The order of a whole run. Throws UserError where it would be too long to write. */
export async function batchOrder(document: NetworkDocument, files: EngineFiles): Promise<BatchOrder> {
  const { data: config, recipe } = document;
  const data = await openDataset(config.source, files, config);
  const { train, validation } = splitOf(data, config);
  const indices = train.length * recipe.epochs;
  if (indices > MOST) {
    const most = Math.floor(MOST / train.length);
    throw new UserError({
      en: `The order of ${recipe.epochs} epochs has ${indices.toLocaleString('en-US')} indices. Export at most ${most} epochs: --epochs ${most}`,
      zh: `${recipe.epochs} 轮的顺序共有 ${indices.toLocaleString('en-US')} 个序号。最多导出 ${most} 轮：--epochs ${most}`,
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
