import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import type { NetworkDocument } from '../../graph/document.ts';
import { readProject, writeProject } from '../../graph/file.ts';
import { type RunRecord, runId, runRecord } from '../../runs/record.ts';
import { UserError } from '../../text.ts';
import { writeAtomically } from '../atomicWrite.ts';
import { type Checkpoint, readCheckpoint, writeCheckpoint } from '../checkpoint.ts';
import { readProjectFile } from '../projectFile.ts';
import type { Owner } from './owner.ts';

/** A kept checkpoint: completed steps and epochs, and size in bytes, from its file. */
export interface CheckpointFile {
  readonly step: number;
  readonly epoch: number;
  readonly bytes: number;
}

const RECORD = 'record.json';
const NETWORK = 'network.json';
/** Folder of the checkpoints by version of the run's folder. A run keeps the version that it began with. */
const CHECKPOINTS = { 1: 'moments', 2: 'checkpoints' } as const;
type Version = keyof typeof CHECKPOINTS;
const VERSION: Version = 2;
const CHECKPOINT = /^(\d+)\.(\d+)\.netloom$/;

/** `owner` and `started`: id and start time of the process that trains the run. */
const recordFile = z.object({
  version: z.literal([1, VERSION]),
  owner: z.int(),
  started: z.string().nullable().default(null),
  record: runRecord,
});

export interface OwnedRecord {
  readonly owner: Owner;
  /** Milliseconds since 1970. */
  readonly writtenAt: number;
  readonly record: RunRecord;
}

/** The file of a checkpoint is damaged. */
export class DamagedCheckpoint extends UserError {}

/**
 * The folder of one run: `record.json`, `network.json` at the start of the run, and `checkpoints/STEP.EPOCH.netloom`,
 * each a project from which the run can be resumed. Every file is written completely or not at all.
 */
export class RunFolder {
  readonly #folder: string;

  /** @throws Error for an invalid id. */
  constructor(runs: string, run: string) {
    this.#folder = join(runs, runId.parse(run));
  }

  async create(document: NetworkDocument): Promise<void> {
    await mkdir(join(this.#folder, CHECKPOINTS[VERSION]), { recursive: true });
    await writeAtomically(join(this.#folder, NETWORK), writeProject({ document, weights: null, others: {} }));
  }

  remove(): Promise<void> {
    return rm(this.#folder, { recursive: true, force: true });
  }

  async writeRecord({ owner, record }: Pick<OwnedRecord, 'owner' | 'record'>): Promise<void> {
    const version = await this.#version();
    const file: z.infer<typeof recordFile> = { version, owner: owner.pid, started: owner.started, record };
    await writeAtomically(join(this.#folder, RECORD), new TextEncoder().encode(`${JSON.stringify(file, null, 1)}\n`));
  }

  /** Reads the record; null if it is missing or of a newer version, `damaged` if it cannot be read. */
  async readRecord(): Promise<OwnedRecord | 'damaged' | null> {
    const path = join(this.#folder, RECORD);
    let text: string;
    let writtenAt: number;
    try {
      text = await readFile(path, 'utf8');
      writtenAt = (await stat(path)).mtimeMs;
    } catch {
      return null;
    }
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch {
      return 'damaged';
    }
    const { success, data } = recordFile.safeParse(json);
    if (success) return { owner: { pid: data.owner, started: data.started }, writtenAt, record: data.record };
    const { version } = (json ?? {}) as { version?: unknown };
    return typeof version === 'number' && version > VERSION ? null : 'damaged';
  }

  /** Renames a damaged record. */
  setRecordAside(): Promise<void> {
    return setAside(join(this.#folder, RECORD));
  }

  /** Renames a damaged checkpoint and returns its new name. */
  async setCheckpointAside(file: Pick<CheckpointFile, 'step' | 'epoch'>): Promise<string> {
    const path = await this.#checkpointPath(file);
    await setAside(path);
    return `${basename(path)}${DAMAGED}`;
  }

  async readDocument(): Promise<NetworkDocument> {
    return readProject(new Uint8Array(await readFile(join(this.#folder, NETWORK))), NETWORK).document;
  }

  /** Determined by the existing folders, because the record may be damaged. */
  async #version(): Promise<Version> {
    const names = await readdir(this.#folder).catch((): string[] => []);
    return names.includes(CHECKPOINTS[1]) && !names.includes(CHECKPOINTS[2]) ? 1 : 2;
  }

  async #checkpointFolder(): Promise<string> {
    return join(this.#folder, CHECKPOINTS[await this.#version()]);
  }

  async #checkpointPath({ step, epoch }: Pick<CheckpointFile, 'step' | 'epoch'>): Promise<string> {
    return join(await this.#checkpointFolder(), `${step}.${epoch}.netloom`);
  }

  /**
   * Checkpoints by ascending step. Of two after the same step, the later one counts, which is after the end of the
   * epoch.
   */
  async checkpoints(): Promise<readonly CheckpointFile[]> {
    const found = new Map<number, CheckpointFile>();
    const folder = await this.#checkpointFolder();
    for (const name of await readdir(folder).catch(() => [])) {
      const match = CHECKPOINT.exec(name);
      if (match === null) continue;
      const [step, epoch] = [Number(match[1]), Number(match[2])];
      if ((found.get(step)?.epoch ?? -1) >= epoch) continue;
      const { size } = await stat(join(folder, name)).catch(() => ({ size: 0 }));
      found.set(step, { step, epoch, bytes: size });
    }
    return [...found.values()].sort((a, b) => a.step - b.step);
  }

  async writeCheckpoint(bytes: Uint8Array, file: Pick<CheckpointFile, 'step' | 'epoch'>): Promise<void> {
    await writeAtomically(await this.#checkpointPath(file), bytes);
  }

  async removeCheckpoint(file: Pick<CheckpointFile, 'step' | 'epoch'>): Promise<void> {
    await rm(await this.#checkpointPath(file), { force: true });
  }

  /** @throws DamagedCheckpoint, or another UserError if the file does not exist. */
  async readCheckpoint(file: Pick<CheckpointFile, 'step' | 'epoch'>): Promise<Checkpoint> {
    const name = `${file.step}.${file.epoch}.netloom`;
    let checkpoint: Checkpoint | null;
    try {
      checkpoint = readCheckpoint((await readProjectFile(await this.#checkpointPath(file), { name })).others);
    } catch (error) {
      if (error instanceof UserError) throw new DamagedCheckpoint(error.text);
      throw (error as NodeJS.ErrnoException).code === 'ENOENT' ? checkpointGone(file.step) : error;
    }
    if (checkpoint === null) throw new DamagedCheckpoint(checkpointGone(file.step).text);
    return checkpoint;
  }
}

const DAMAGED = '.damaged';

const setAside = (path: string): Promise<void> => rename(path, `${path}${DAMAGED}`);

/** The file of a checkpoint, in bytes. */
export const checkpointBytes = (checkpoint: Checkpoint): Uint8Array<ArrayBuffer> =>
  writeProject({ document: checkpoint.document, weights: null, others: writeCheckpoint(checkpoint) });

export const checkpointGone = (step: number): UserError =>
  new UserError({
    en: `The checkpoint of step ${step} was removed. Choose another step.`,
    zh: `第 ${step} 步的检查点已被移除。请选择其他步。`,
  });
