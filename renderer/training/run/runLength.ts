import { batchCount } from '../../../src/data/batches.ts';
import { factsOf, splitCounts } from '../../../src/data/known.ts';
import type { NetworkDocument } from '../../../src/graph/document.ts';

export interface RunLength {
  readonly stepsPerEpoch: number;
  readonly steps: number;
}

/** Number of training samples, if it is known without reading the data. */
function trainedSamples({ data }: NetworkDocument): number | null {
  const facts = factsOf(data);
  return facts === null ? null : (splitCounts(facts, data)?.train ?? null);
}

/** Number of steps that a run of this network would have; null for data that no run has read yet. */
export function runLength(document: NetworkDocument, ran: NetworkDocument | null, ranSteps: number): RunLength | null {
  const { batchSize, epochs } = document.recipe;
  const samples = trainedSamples(document);
  let stepsPerEpoch = samples === null ? null : batchCount(samples, batchSize);
  if (stepsPerEpoch === null && ran !== null && ranSteps > 0 && ran.data === document.data) {
    // With the same batch size, the number of batches is that of the earlier run.
    const before = ranSteps / ran.recipe.epochs;
    stepsPerEpoch = Math.max(1, Math.ceil((before * ran.recipe.batchSize) / batchSize));
  }
  return stepsPerEpoch === null ? null : { stepsPerEpoch, steps: stepsPerEpoch * epochs };
}
