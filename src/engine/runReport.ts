import type { UsedSamples } from '../data/usedSamples.ts';
import type { RunEvent, RunState } from '../protocol/runEvents.ts';
import type { CurveRow } from '../runs/curves.ts';
import type { EpochRecord, RunChange } from '../runs/record.ts';
import type { Text } from '../text.ts';
import { ProgressReport, type StepTime } from './progress.ts';
import type { RunCourse } from './runCourse.ts';

/** Sends the events of a run, and remembers the last state sent. */
export class RunReport {
  readonly #run: string;
  readonly #emit: (event: RunEvent) => void;
  readonly #course: RunCourse;
  readonly #progress: ProgressReport;
  #state: RunState = 'preparing';

  constructor(run: string, emit: (event: RunEvent) => void, course: RunCourse) {
    this.#run = run;
    this.#emit = emit;
    this.#course = course;
    this.#progress = new ProgressReport(run, emit, () => performance.now());
  }

  get state(): RunState {
    return this.#state;
  }

  /** `kept`: the epoch whose weights are kept, if not the last. `diverged`: the run failed because of its own numbers. */
  tell(state: RunState, message: Text | null = null, kept: number | null = null, diverged = false): void {
    this.#state = state;
    const { progress, recipe, steps } = this.#course;
    const { step, epoch } = progress;
    const { epochs } = recipe;
    const reason = diverged ? { diverged: true as const } : {};
    this.#emit({ kind: 'run', run: this.#run, state, step, steps, epoch, epochs, message, kept, ...reason });
  }

  /** Reports the samples that the run uses. */
  samples(samples: UsedSamples): void {
    this.#emit({ kind: 'samples', run: this.#run, samples });
  }

  /** Reports a step, in a message together with its neighbors. */
  step(row: CurveRow, time: StepTime): void {
    this.#progress.add(row, time);
  }

  /** Sends the steps that were not sent yet. */
  flush(): void {
    this.#progress.flush();
  }

  epoch(record: EpochRecord): void {
    this.flush();
    this.#emit({ kind: 'epoch', run: this.#run, step: this.#course.progress.step, ...record });
  }

  changed(change: RunChange | null): void {
    if (change !== null) this.#emit({ kind: 'changed', run: this.#run, change });
  }
}
