import type { CheckedGraph } from '../check/checkedGraph.ts';
import type { EpochRecord } from '../runs/record.ts';
import type { Text } from '../text.ts';
import type { Examination } from './examination.ts';
import type { Trials } from './repairTrials.ts';

/** What a run tells of itself. */
export interface RunEvidence {
  readonly state: string;
  /** Why it failed or ended early. */
  readonly message: Text | null;
  readonly step: number;
  readonly history: readonly Pick<EpochRecord, 'epoch' | 'train' | 'validation'>[];
  /** The loss of its steps, which may have been thinned (src/runs/curves.ts). */
  readonly curve: { readonly step: ArrayLike<number>; readonly loss: ArrayLike<number> };
}

/** All that the doctor looks at. */
export interface Evidence {
  /** The network as the run has it, and its document in it. */
  readonly graph: CheckedGraph;
  readonly run: RunEvidence;
  /** Null before the engine was asked. */
  readonly examination: Examination | null;
  /** Absent before repairs were tried. */
  readonly trials?: Trials;
}
