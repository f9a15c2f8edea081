import type { NetworkDocument } from '../../graph/document.ts';
import type { RunEvent, RunEventOf } from '../../protocol/runEvents.ts';
import { checkpointLimit, isCheckpointDue, surplusCheckpoints } from '../../runs/keptCheckpoints.ts';
import type { KeptState, RunRecord } from '../../runs/record.ts';
import type { Text } from '../../text.ts';
import type { Checkpoint } from '../checkpoint.ts';
import { explain } from '../fileReason.ts';
import type { Keeper } from '../trainer.ts';
import { thisProcess } from './owner.ts';
import { type CheckpointFile, checkpointBytes, type RunFolder } from './runFolder.ts';

/** A checkpoint is written at most this often (ms), where nothing of note has happened: what lies between is computed anew. */
const OFTEN = 2000;
/** Writing takes at most this share of the engine's time, and so many bytes a second on the whole: disks wear out. */
const TIME_SHARE = 0.03;
const BYTES_PER_MS = 10_000;

/** Checkpoints that wait to be written. */
const MOST_PENDING = 4;

export interface KeeperOptions {
  readonly folder: RunFolder;
  readonly record: RunRecord;
  readonly document: NetworkDocument;
  /** The run was kept before, and goes on after that step. */
  readonly goesOn: number | null;
  /** `ends`: only the best and the last checkpoint. */
  readonly keep: 'checkpoints' | 'ends';
  readonly onRecord: (record: RunRecord) => void;
}

/** Keeps one run in its folder while it goes on: record and checkpoints, written beside the steps, one after the other. */
export class RunKeeper implements Keeper {
  readonly #options: KeeperOptions;
  #record: RunRecord;
  #checkpoints: readonly CheckpointFile[] = [];
  /** Steps of checkpoints that are to stay, and of the last that was. */
  readonly #dear = new Set<number>();
  #lastDue: number | null = null;
  #tasks: Promise<void>;
  #writing = false;
  #pending: { readonly bytes: Uint8Array; readonly checkpoint: Checkpoint }[] = [];
  #notBefore = 0;
  /** Of the last writing; told once, until one goes right again. */
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

  async rename(change: { readonly name?: string; readonly group?: string | null }): Promise<RunRecord> {
    this.#record = { ...this.#record, ...change };
    this.#queue(() => this.#writeRecord());
    await this.#tasks;
    return this.#record;
  }

  async #begin(): Promise<void> {
    const { folder, document, goesOn } = this.#options;
    await folder.create(document);
    const checkpoints = goesOn === null ? [] : await folder.checkpoints();
    // What came after is computed anew.
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

  /** Failing is told once: who goes on nevertheless is not held up again until keeping has worked meanwhile. */
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

  /** All that was asked for is written, or has failed. */
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
    // Where writing cannot keep up, the latest counts.
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
      last: history.at(-1) ?? null,
      best: best === null ? null : (history[best - 1] ?? null),
    };
    await this.#writeRecord();
  }

  #surplus(checkpoints: readonly CheckpointFile[]): Set<number> {
    const steps = checkpoints.map(({ step }) => step);
    const last = steps.at(-1) as number;
    if (this.#options.keep === 'ends') return new Set(steps.slice(0, -1));
    // One that was written only to be safe goes when the next one is there.
    const passing = steps.filter((step) => step !== last && step !== steps[0] && !this.#dear.has(step));
    const rest = steps.filter((step) => !passing.includes(step));
    const limit = checkpointLimit(checkpoints.at(-1)?.bytes ?? 0);
    return new Set([...passing, ...surplusCheckpoints(rest, new Set(), limit)]);
  }

  /** Enters what the run tells. */
  observe(event: RunEvent): void {
    if (event.kind !== 'run') return;
    const { message, step, steps, epoch, epochs } = event;
    const state = this.#stateAfter(event);
    if (state === null) return;
    // Only after the checkpoints that led there: a run is not done before its last one is kept.
    this.#queue(async () => {
      this.#record = { ...this.#record, state, message, steps, epochs, step, epoch };
      await this.#writeRecord();
    });
  }

  #stateAfter({ state, step }: RunEventOf<'run'>): KeptState | null {
    if (state === 'preparing') return 'running';
    // It could not even begin, but has something to go on from.
    if (state === 'failed' && step === 0 && this.#options.goesOn !== null) return 'interrupted';
    return state;
  }
}

const couldNotKeep = (reason: Text): Text => ({
  en: `The run could not be written to disk: ${reason.en}. It waits, and nothing is lost. Mend that and go on; or go on as it is, without a copy on disk until writing works again.`,
  zh: `无法把训练写入磁盘：${reason.zh}。训练已暂停，没有丢失任何内容。请先解决此问题再继续；也可以直接继续，在恢复写入之前不在磁盘上保留副本。`,
});
