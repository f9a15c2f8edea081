import { readdir } from 'node:fs/promises';
import type { NetworkDocument } from '../../graph/document.ts';
import { type CheckpointRef, isUnderWay, type RunRecord, runId } from '../../runs/record.ts';
import { type Text, UserError } from '../../text.ts';
import type { Checkpoint } from '../checkpoint.ts';
import { isAlive, thisProcess } from './owner.ts';
import { rebuiltRecord } from './rebuiltRecord.ts';
import { type CheckpointFile, checkpointGone, DamagedCheckpoint, RunFolder } from './runFolder.ts';
import { RunKeeper } from './runKeeper.ts';

/** Limit on the size of all runs in bytes. Above it, finished runs, oldest first, keep only their last checkpoint. */
const MOST_BYTES = 4 * 2 ** 30;

/** A kept run. */
export interface KeptRun {
  readonly record: RunRecord;
  /** The document at the start of the run, with the current training settings. */
  readonly document: NetworkDocument;
  /** The last checkpoint; null before the first step. */
  readonly last: Checkpoint | null;
  readonly checkpoints: readonly CheckpointFile[];
}

/** Fields of a record that change by other means than training. */
export type RecordChange = Partial<Pick<RunRecord, 'name' | 'group' | 'tested'>>;

/** The library. Throws UserError if runs are not kept. */
export function kept(library: RunLibrary | null): RunLibrary {
  if (library !== null) return library;
  throw new UserError({
    en: 'Runs are not kept here. Open the network in the app.',
    zh: '此处不保留训练记录。请在应用中打开网络。',
  });
}

/** All runs of this user, one folder each. Several engines share them. */
export class RunLibrary {
  readonly #runs: string;
  readonly #onChange: (run: string, record: RunRecord | null) => void;
  /** The runs that this process trains. */
  readonly #kept = new Map<string, RunKeeper>();
  /** The last read checkpoint, which is requested repeatedly while it is shown. */
  #read: { readonly at: CheckpointRef; readonly checkpoint: Promise<Checkpoint> } | null = null;

  constructor(runs: string, onChange: (run: string, record: RunRecord | null) => void) {
    this.#runs = runs;
    this.#onChange = onChange;
  }

  #folder(run: string): RunFolder {
    return new RunFolder(this.#runs, run);
  }

  /** All records, newest first. */
  async list(): Promise<readonly RunRecord[]> {
    const names = await readdir(this.#runs).catch(() => []);
    const records = await Promise.all(
      names
        .filter((name) => runId.safeParse(name).success)
        // An unreadable record does not hide the others.
        .map((run) => this.#record(run).catch((error: unknown) => console.error(run, error) ?? null)),
    );
    return records.filter((record) => record !== null).sort((a, b) => b.created - a.created);
  }

  async #record(run: string): Promise<RunRecord | null> {
    const own = this.#kept.get(run);
    if (own !== undefined) return own.record;
    const folder = this.#folder(run);
    const found = await folder.readRecord();
    if (found === null) return null;
    if (found === 'damaged') return this.#rebuild(run);
    const { record, owner, writtenAt } = found;
    const isElsewhere = owner.pid !== process.pid && isAlive(owner, writtenAt);
    if (!isUnderWay(record.state) || isElsewhere) return record;
    const { step = 0, epoch = 0 } = (await folder.checkpoints()).at(-1) ?? {};
    return { ...record, state: 'interrupted', step, epoch };
  }

  /** Replaces a damaged record with one rebuilt from the other files of the run. */
  async #rebuild(run: string): Promise<RunRecord> {
    const folder = this.#folder(run);
    const { last, checkpoints, aside } = await this.#newest(run);
    const document = last?.document ?? (await folder.readDocument().catch(() => null));
    await folder.setRecordAside();
    const record = rebuiltRecord(run, document, last, checkpoints, ['record.json.damaged', ...aside]);
    await folder.writeRecord({ owner: thisProcess, record });
    return record;
  }

  /** The newest readable checkpoint. Damaged ones are renamed, so that they do not affect the others. */
  async #newest(run: string): Promise<{
    readonly last: Checkpoint | null;
    readonly checkpoints: readonly CheckpointFile[];
    /** Names of the damaged files. */
    readonly aside: readonly string[];
  }> {
    const folder = this.#folder(run);
    const aside: string[] = [];
    for (;;) {
      const checkpoints = await folder.checkpoints();
      const newest = checkpoints.at(-1);
      if (newest === undefined) return { last: null, checkpoints, aside };
      try {
        return { last: await folder.readCheckpoint(newest), checkpoints, aside };
      } catch (error) {
        if (!(error instanceof DamagedCheckpoint)) throw error;
        aside.push(await folder.setCheckpointAside(newest));
      }
    }
  }

  async #existing(run: string): Promise<RunRecord> {
    const record = await this.#record(run);
    if (record === null) throw gone();
    return record;
  }

  async read(run: string): Promise<KeptRun> {
    await this.#kept.get(run)?.settled();
    let record = await this.#existing(run);
    const folder = this.#folder(run);
    const { last, checkpoints, aside } = await this.#newest(run);
    if (aside.length > 0 && !this.#kept.has(run)) {
      const { step = 0, epoch = 0 } = last?.progress ?? {};
      // After a resume from an earlier checkpoint, the lost steps are recomputed with the same bits.
      record = { ...record, state: 'interrupted', step, epoch, message: movedAside(aside, step) };
      await folder.writeRecord({ owner: thisProcess, record });
      this.#onChange(run, record);
    }
    return { record, document: last?.document ?? (await folder.readDocument()), last, checkpoints };
  }

  checkpoints(run: string): Promise<readonly CheckpointFile[]> {
    return this.#folder(run).checkpoints();
  }

  /** Reads the checkpoint of a step. Throws UserError if it is no longer kept. */
  async checkpoint(wanted: CheckpointRef): Promise<Checkpoint> {
    const { run, step } = wanted;
    const folder = this.#folder(run);
    const file = (await folder.checkpoints()).find((each) => each.step === step);
    if (file === undefined) throw checkpointGone(step);
    const known = this.#read;
    if (known !== null && known.at.run === run && known.at.step === step) return known.checkpoint;
    const checkpoint = folder.readCheckpoint(file);
    this.#read = { at: wanted, checkpoint };
    checkpoint.catch(() => {
      this.#read = null;
    });
    try {
      return await checkpoint;
    } catch (error) {
      if (!(error instanceof DamagedCheckpoint)) throw error;
      throw new UserError(checkpointDamaged(step, await folder.setCheckpointAside(file)));
    }
  }

  /** Counts an evaluation on the test set. Returns the number of all; null if the run is not kept. */
  async countTest(run: string): Promise<number | null> {
    const record = await this.#record(run);
    if (record === null) return null;
    return (await this.change(run, { tested: record.tested + 1 })).tested;
  }

  async change(run: string, change: RecordChange): Promise<RunRecord> {
    const own = this.#kept.get(run);
    if (own !== undefined) return own.change(change);
    const record = { ...(await this.#existing(run)), ...change };
    const folder = this.#folder(run);
    const written = await folder.readRecord();
    const owner = written === null || written === 'damaged' ? thisProcess : written.owner;
    await folder.writeRecord({ owner, record });
    this.#onChange(run, record);
    return record;
  }

  async remove(runs: readonly string[]): Promise<void> {
    for (const run of runs) {
      const record = await this.#record(run);
      if (record !== null && isUnderWay(record.state)) throw underWay(record.name);
    }
    for (const run of runs) {
      await this.#folder(run).remove();
      this.#onChange(run, null);
    }
  }

  /** Starts to keep a run. `goesOn`: step after which a kept run is resumed. */
  keep(
    record: RunRecord,
    document: NetworkDocument,
    { goesOn, keep }: { readonly goesOn: number | null; readonly keep: 'checkpoints' | 'ends' },
  ): RunKeeper {
    const keeper = new RunKeeper({
      folder: this.#folder(record.id),
      record,
      document,
      goesOn,
      keep,
      onRecord: (now) => this.#onChange(now.id, now),
    });
    this.#kept.set(record.id, keeper);
    return keeper;
  }

  /** Ends the keeping of a run: completes its writes, and frees space. */
  async end(keeper: RunKeeper): Promise<void> {
    await keeper.settled();
    this.#kept.delete(keeper.record.id);
    await this.#makeRoom();
  }

  async #makeRoom(): Promise<void> {
    const records = await this.list();
    let bytes = records.reduce((sum, record) => sum + record.bytes, 0);
    for (const record of [...records].reverse()) {
      if (bytes <= MOST_BYTES) return;
      if (isUnderWay(record.state) || record.state === 'interrupted') continue;
      const folder = this.#folder(record.id);
      const checkpoints = await folder.checkpoints();
      const last = checkpoints.at(-1)?.bytes ?? 0;
      for (const checkpoint of checkpoints.slice(0, -1)) await folder.removeCheckpoint(checkpoint);
      bytes -= record.bytes - last;
      await folder.writeRecord({ owner: thisProcess, record: { ...record, bytes: last } });
    }
  }
}

const movedAside = (files: readonly string[], step: number): Text => ({
  en: `Damaged checkpoints were renamed: ${files.join(', ')}. The run is kept up to step ${step}.`,
  zh: `损坏的检查点已重命名：${files.join('、')}。此次训练保留到第 ${step} 步。`,
});

const checkpointDamaged = (step: number, file: string): Text => ({
  en: `The checkpoint of step ${step} is damaged and was renamed to ${file}. Choose another step.`,
  zh: `第 ${step} 步的检查点已损坏，已重命名为 ${file}。请选择其他步。`,
});

const gone = (): UserError =>
  new UserError({
    en: 'This run no longer exists; it was deleted, or its files were moved. Choose another run.',
    zh: '此次训练已不存在：可能已被删除，或其文件已被移走。请选择其他训练。',
  });

const underWay = (name: string): UserError =>
  new UserError({
    en: `“${name}” is running and cannot be deleted. Stop it first.`,
    zh: `“${name}”正在训练，无法删除。请先停止。`,
  });
