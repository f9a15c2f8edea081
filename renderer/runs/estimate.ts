import type { NetworkDocument } from '../../src/graph/document.ts';
import type { RunRecord } from '../../src/runs/record.ts';

/** Samples and epochs cost alike; what another batch size changes is left out. */
export function estimatedSeconds(documents: readonly NetworkDocument[], known: readonly RunRecord[]): number | null {
  const [first] = documents;
  if (first === undefined) return 0;
  const measured = known.find(
    ({ network, source, epoch, seconds }) =>
      network === first.name && source === first.data.source && epoch > 0 && seconds > 0,
  );
  if (measured === undefined) return null;
  const perEpoch = measured.seconds / measured.epoch;
  return documents.reduce((sum, { recipe }) => sum + recipe.epochs * perEpoch, 0);
}
