import type { RunEventOf } from '../protocol/runEvents.ts';
import type { CurveRow } from '../runs/curves.ts';

/** At most 30 messages per second. */
const INTERVAL_MS = 1000 / 30;

/** The samples of a step, and its time in milliseconds, of which `waited` for the batch. */
export interface StepTime {
  readonly samples: number;
  readonly milliseconds: number;
  readonly waited: number;
}

type Progress = RunEventOf<'progress'>;

/** Collects the reports of steps and sends them in combined messages. `now`: current time in milliseconds. */
export class ProgressReport {
  readonly #run: string;
  readonly #emit: (event: Progress) => void;
  readonly #now: () => number;
  #steps: CurveRow[] = [];
  #samples = 0;
  /** Time spent in the collected steps. */
  #busyMs = 0;
  #waitedMs = 0;
  #sentAt = Number.NEGATIVE_INFINITY;

  constructor(run: string, emit: (event: Progress) => void, now: () => number) {
    this.#run = run;
    this.#emit = emit;
    this.#now = now;
  }

  add(report: CurveRow, { samples, milliseconds, waited }: StepTime): void {
    this.#steps.push(report);
    this.#samples += samples;
    this.#busyMs += milliseconds;
    this.#waitedMs += waited;
    if (this.#now() - this.#sentAt >= INTERVAL_MS) this.flush();
  }

  /** Sends the remaining reports. */
  flush(): void {
    if (this.#steps.length === 0) return;
    this.#emit({
      kind: 'progress',
      run: this.#run,
      step: Int32Array.from(this.#steps, ({ step }) => step),
      loss: Float32Array.from(this.#steps, ({ loss }) => loss),
      accuracy: Float32Array.from(this.#steps, ({ accuracy }) => accuracy),
      learningRate: Float32Array.from(this.#steps, ({ learningRate }) => learningRate),
      gradientNorm: Float32Array.from(this.#steps, ({ gradientNorm }) => gradientNorm),
      samplesPerSecond: (1000 * this.#samples) / Math.max(this.#busyMs, 1e-3),
      waiting: this.#waitedMs / Math.max(this.#busyMs, 1e-3),
    });
    this.#steps = [];
    this.#samples = 0;
    this.#busyMs = 0;
    this.#waitedMs = 0;
    this.#sentAt = this.#now();
  }
}
