import type { NetworkDocument } from '../../graph/document.ts';
import type { RunEvent, RunEventOf } from '../../protocol/runEvents.ts';
import { checkpointLimit, isCheckpointDue, surplusCheckpoints } from '../../runs/keptCheckpoints.ts';
import type { KeptState, RunRecord } from '../../runs/record.ts';
import { waitedIn } from '../../runs/waiting.ts';
import type { Text } from '../../text.ts';
import type { Checkpoint } from '../checkpoint.ts';
import { explain } from '../fileReason.ts';
import type { Keeper } from '../trainer.ts';
import { thisProcess } from './owner.ts';
import { type CheckpointFile, checkpointBytes, type RunFolder } from './runFolder.ts';

/** Minimum interval (ms) between ordinary checkpoints; steps after the last one are recomputed after a crash. */
const OFTEN = 2000;
/** Limits on writing, because disks wear out: fraction of the engine's time, and bytes per second on average. */
const TIME_SHARE = 0.03;
const BYTES_PER_MS = 10_000;

/** Maximum number of checkpoints that wait to be written. */
const MOST_PENDING = 4;

export interface KeeperOptions {
  readonly folder: RunFolder;
  readonly record: RunRecord;
  readonly document: NetworkDocument;
  /** Step after which a kept run is resumed; null for a new run. */
  readonly goesOn: number | null;
  /** `ends` keeps only the best and the last checkpoint. */
  readonly keep: 'checkpoints' | 'ends';
  readonly onRecord: (record: RunRecord) => void;
}

/**
 * Keeps one run in its folder during training: writes record and checkpoints one after the other, in parallel to the
 * steps.
 */
export class RunKeeper implements Keeper {
  readonly #options: KeeperOptions;
  #record: RunRecord;
  #checkpoints: readonly CheckpointFile[] = [];
  /** Steps of the checkpoints that are protected from thinning, and step of the last one. */
  readonly #dear = new Set<number>();
  #lastDue: number | null = null;
  #tasks: Promise<void>;
  #writing = false;
  #pending: { readonly bytes: Uint8Array; readonly checkpoint: Checkpoint }[] = [];
  #notBefore = 0;
  /** Failure of the last write. Reported once, until a write succeeds again. */
  #failure: Text | null = null;
  #failing = false;

  constructor(options: KeeperOptions) {
    this.#options = options;
    this.#record = options.record;
    this.#lastDue = options.goesOn;
    this.#tasks = this.#attempt(() => this.#begin());
  }

  get record(): RunRecord {
    return this.#record;
  }

  takeFailure(): Text | null {
    const failure = this.#failure;
    this.#failure = null;
    return failure;
  }

  async change(change: Partial<RunRecord>): Promise<RunRecord> {
    this.#record = { ...this.#record, ...change };
    this.#queue(() => this.#writeRecord());
    await this.#tasks;
    return this.#record;
  }

  async #begin(): Promise<void> {
    const { folder, document, goesOn } = this.#options;
    await folder.create(document);
    const checkpoints = goesOn === null ? [] : await folder.checkpoints();
    // Later checkpoints are removed, because these steps are computed again.
    for (const late of checkpoints.filter(({ step }) => goesOn !== null && step > goesOn))
      await folder.removeCheckpoint(late);
    this.#checkpoints = checkpoints.filter(({ step }) => goesOn !== null && step <= goesOn);
    for (const { step } of this.#checkpoints) this.#dear.add(step);
    await this.#writeRecord();
  }

  async #writeRecord(): Promise<void> {
    const bytes = this.#checkpoints.reduce((sum, checkpoint) => sum + checkpoint.bytes, 0);
    this.#record = { ...this.#record, bytes };
    await this.#options.folder.writeRecord({ owner: thisProcess, record: this.#record });
    this.#options.onRecord(this.#record);
  }

  /**
   * A failure is reported once. A user who continues is not interrupted again until a write has succeeded in the
   * meantime.
   */
  async #attempt(task: () => Promise<void>): Promise<void> {
    try {
      await task();
      this.#failing = false;
    } catch (error) {
      if (!this.#failing) this.#failure = explain(error, (reason) => couldNotKeep(reason));
      this.#failing = true;
    }
  }

  #queue(task: () => Promise<void>): void {
    this.#tasks = this.#tasks.then(() => this.#attempt(task));
  }

  /** Resolves when all requested writes have succeeded or failed. */
  settled(): Promise<void> {
    return this.#tasks;
  }

  offer(take: () => Checkpoint | null, { step, steps }: { step: number; steps: number }, matters: boolean): void {
    const limit = checkpointLimit(this.#checkpoints.at(-1)?.bytes ?? 0);
    const due = this.#options.keep === 'checkpoints' && isCheckpointDue(step, this.#lastDue, steps, limit);
    const wanted = due || matters;
    if (!wanted && (this.#writing || performance.now() < this.#notBefore)) return;
    const started = performance.now();
    const checkpoint = take();
    if (checkpoint === null) return;
    if (wanted) {
      this.#dear.add(step);
      this.#lastDue = step;
    }
    const bytes = checkpointBytes(checkpoint);
    const busy = performance.now() - started;
    this.#notBefore = started + Math.max(OFTEN, busy / TIME_SHARE, bytes.length / BYTES_PER_MS);
    // If writing is too slow, the latest checkpoint replaces the waiting one.
    if (this.#pending.length === MOST_PENDING) this.#pending.pop();
    this.#pending.push({ bytes, checkpoint });
    if (this.#writing) return;
    this.#writing = true;
    this.#queue(() => this.#writePending().finally(() => (this.#writing = false)));
  }

  async #writePending(): Promise<void> {
    for (let next = this.#pending.shift(); next !== undefined; next = this.#pending.shift()) {
      await this.#writeCheckpoint(next.bytes, next.checkpoint);
    }
  }

  async #writeCheckpoint(bytes: Uint8Array, { progress, document, dataSha256, changes }: Checkpoint): Promise<void> {
    const { folder } = this.#options;
    const { step, epoch, history, best } = progress;
    await folder.writeCheckpoint(bytes, { step, epoch });
    const before = this.#checkpoints;
    const present = [...before.filter((kept) => kept.step !== step), { step, epoch, bytes: bytes.length }];
    const gone = this.#surplus(present);
    this.#checkpoints = present.filter((kept) => !gone.has(kept.step));
    for (const kept of before) {
      if (gone.has(kept.step) || (kept.step === step && kept.epoch !== epoch)) await folder.removeCheckpoint(kept);
    }
    for (const one of gone) this.#dear.delete(one);
    this.#record = {
      ...this.#record,
      recipe: document.recipe,
      changes: [...changes],
      dataSha256,
      step,
      epoch,
      seconds: history.reduce((sum, { seconds }) => sum + seconds, 0),
      waited: waitedIn(history),
      last: history.at(-1) ?? null,
      best: best === null ? null : (history[best - 1] ?? null),
    };
    await this.#writeRecord();
  }

  #surplus(checkpoints: readonly CheckpointFile[]): Set<number> {
    const steps = checkpoints.map(({ step }) => step);
    const last = steps.at(-1) as number;
    if (this.#options.keep === 'ends') return new Set(steps.slice(0, -1));
    // Ordinary checkpoints are removed as soon as the next one exists.
    const passing = steps.filter((step) => step !== last && step !== steps[0] && !this.#dear.has(step));
    const rest = steps.filter((step) => !passing.includes(step));
    const limit = checkpointLimit(checkpoints.at(-1)?.bytes ?? 0);
    return new Set([...passing, ...surplusCheckpoints(rest, new Set(), limit)]);
  }

  /** Updates the record with an event of the run. */
  observe(event: RunEvent): void {
    if (event.kind === 'samples') {
      const { samples } = event;
      this.#queue(async () => {
        this.#record = { ...this.#record, samples };
        await this.#writeRecord();
      });
    }
    if (event.kind !== 'run') return;
    const { message, step, steps, epoch, epochs } = event;
    const state = this.#stateAfter(event);
    if (state === null) return;
    // Written after the checkpoints: a run is not done before its last checkpoint is kept.
    this.#queue(async () => {
      this.#record = { ...this.#record, state, message, steps, epochs, step, epoch };
      await this.#writeRecord();
    });
  }

  #stateAfter({ state, step }: RunEventOf<'run'>): KeptState | null {
    if (state === 'preparing') return 'running';
    // The run could not start, but has a checkpoint to resume from.
    if (state === 'failed' && step === 0 && this.#options.goesOn !== null) return 'interrupted';
    return state;
  }
}

const couldNotKeep = (reason: Text): Text => ({
  en: `The run could not be saved to disk: ${reason.en}. The run is paused; nothing is lost. Fix the problem and resume, or resume now: checkpoints are saved again once writing works.`,
  zh: `无法将训练保存到磁盘：${reason.zh}。训练已暂停，没有丢失任何内容。请解决此问题后继续训练，或直接继续：恢复写入后会重新保存检查点。`,
});
