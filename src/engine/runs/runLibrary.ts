import { readdir } from 'node:fs/promises';
import type { NetworkDocument } from '../../graph/document.ts';
import { isUnderWay, type RunMoment, type RunRecord } from '../../runs/record.ts';
import { UserError } from '../../text.ts';
import type { Checkpoint } from '../checkpoint.ts';
import { isAlive } from '../isAlive.ts';
import { type MomentFile, momentGone, RunFolder } from './runFolder.ts';
import { RunKeeper } from './runKeeper.ts';

/** All runs together take at most this much; then finished ones, the oldest first, keep only their last moment. */
const MOST_BYTES = 4 * 2 ** 30;

/** A run as it is kept. */
export interface KeptRun {
  readonly record: RunRecord;
  /** As the run began, with the recipe that is in force. */
  readonly document: NetworkDocument;
  /** Its last moment; null before it has begun. */
  readonly last: Checkpoint | null;
  readonly moments: readonly MomentFile[];
}

/** All runs of this user, a folder each; several engines share them. */
export class RunLibrary {
  readonly #runs: string;
  readonly #onChange: (run: string, record: RunRecord | null) => void;
  /** Those that this process has under way. */
  readonly #kept = new Map<string, RunKeeper>();
  /** The moment that was read last: it is asked for again and again while it is looked at. */
  #read: { readonly moment: RunMoment; readonly checkpoint: Promise<Checkpoint> } | null = null;

  constructor(runs: string, onChange: (run: string, record: RunRecord | null) => void) {
    this.#runs = runs;
    this.#onChange = onChange;
  }

  #folder(run: string): RunFolder {
    return new RunFolder(this.#runs, run);
  }

  /** Newest first. */
  async list(): Promise<readonly RunRecord[]> {
    const names = await readdir(this.#runs).catch(() => []);
    const records = await Promise.all(names.filter((name) => !name.startsWith('.')).map((run) => this.#record(run)));
    return records.filter((record) => record !== null).sort((a, b) => b.created - a.created);
  }

  async #record(run: string): Promise<RunRecord | null> {
    const own = this.#kept.get(run);
    if (own !== undefined) return own.record;
    const found = await this.#folder(run).readRecord();
    if (found === null) return null;
    const { record, owner } = found;
    if (!isUnderWay(record.state) || (owner !== process.pid && isAlive(owner))) return record;
    const { step = 0, epoch = 0 } = (await this.#folder(run).moments()).at(-1) ?? {};
    return { ...record, state: 'interrupted', step, epoch };
  }

  async #existing(run: string): Promise<RunRecord> {
    const record = await this.#record(run);
    if (record === null) throw gone();
    return record;
  }

  async read(run: string): Promise<KeptRun> {
    await this.#kept.get(run)?.settled();
    const moments = await this.moments(run);
    const record = await this.#existing(run);
    const folder = this.#folder(run);
    const newest = moments.at(-1);
    const last = newest === undefined ? null : await folder.readMoment(newest);
    return { record, document: last?.document ?? (await folder.readDocument()), last, moments };
  }

  moments(run: string): Promise<readonly MomentFile[]> {
    return this.#folder(run).moments();
  }

  /** The run as it was after that step. Throws a UserError when that is not kept any more. */
  async moment(wanted: RunMoment): Promise<Checkpoint> {
    const { run, step } = wanted;
    const folder = this.#folder(run);
    const file = (await folder.moments()).find((moment) => moment.step === step);
    if (file === undefined) throw momentGone(step);
    const known = this.#read;
    if (known !== null && known.moment.run === run && known.moment.step === step) return known.checkpoint;
    const checkpoint = folder.readMoment(file);
    this.#read = { moment: wanted, checkpoint };
    checkpoint.catch(() => {
      this.#read = null;
    });
    return checkpoint;
  }

  async change(run: string, change: { readonly name?: string; readonly group?: string | null }): Promise<RunRecord> {
    const own = this.#kept.get(run);
    if (own !== undefined) return own.rename(change);
    const record = { ...(await this.#existing(run)), ...change };
    const folder = this.#folder(run);
    const { owner } = (await folder.readRecord()) ?? { owner: process.pid };
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

  /** Keeps a run from now on. `goesOn`: it was kept before, and goes on after that step. */
  keep(
    record: RunRecord,
    document: NetworkDocument,
    { goesOn, keep }: { readonly goesOn: number | null; readonly keep: 'moments' | 'ends' },
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

  /** The run has ended: what was still to be written is, and room is made. */
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
      const moments = await folder.moments();
      const last = moments.at(-1)?.bytes ?? 0;
      for (const moment of moments.slice(0, -1)) await folder.removeMoment(moment);
      bytes -= record.bytes - last;
      await folder.writeRecord({ owner: process.pid, record: { ...record, bytes: last } });
    }
  }
}

const gone = (): UserError =>
  new UserError({
    en: 'This run is no longer there: it was deleted, or its files were moved. Choose another.',
    zh: '此次训练已不存在：可能已被删除，或其文件已被移走。请选择其他训练。',
  });

const underWay = (name: string): UserError =>
  new UserError({
    en: `'${name}' is under way and cannot be deleted. Stop it first.`,
    zh: `“${name}”正在进行，无法删除。请先停止。`,
  });
