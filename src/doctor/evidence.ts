import type { CheckedGraph } from '../check/checkedGraph.ts';
import type { EpochRecord } from '../runs/record.ts';
import type { Text } from '../text.ts';
import type { Examination } from './examination.ts';
import type { Trials } from './repairTrials.ts';

/** State and curves of a run. */
export interface RunEvidence {
  readonly state: string;
  /** Reason why the run failed or ended early. */
  readonly message: Text | null;
  readonly step: number;
  readonly history: readonly Pick<EpochRecord, 'epoch' | 'train' | 'validation'>[];
  /** Loss per step, possibly thinned out (src/runs/curves.ts). */
  readonly curve: { readonly step: ArrayLike<number>; readonly loss: ArrayLike<number> };
}

/** Input of a diagnosis. */
export interface Evidence {
  /** The network of the run, with its document. */
  readonly graph: CheckedGraph;
  readonly run: RunEvidence;
  /** Null before the engine has measured the network. */
  readonly examination: Examination | null;
  /** Absent before fixes were tried. */
  readonly trials?: Trials;
}
