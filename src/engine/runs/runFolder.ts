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

/** A kept moment as its file says: after so many steps and whole epochs, of that size. */
export interface MomentFile {
  readonly step: number;
  readonly epoch: number;
  readonly bytes: number;
}

const RECORD = 'record.json';
const NETWORK = 'network.json';
const MOMENTS = 'moments';
const MOMENT = /^(\d+)\.(\d+)\.netloom$/;

/** `owner` and `started`: id and start of the process that has the run under way. */
const recordFile = z.object({
  version: z.literal(1),
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

/** The bytes of a checkpoint are not what was written. */
export class DamagedMoment extends UserError {}

/**
 * The folder of one run: `record.json`, `network.json` as the run began, and `moments/STEP.EPOCH.netloom`, each a project
 * that holds all it takes to go on from there. Every file is written as a whole or not at all.
 */
export class RunFolder {
  readonly #folder: string;

  /** @throws Error for an id that is none. */
  constructor(runs: string, run: string) {
    this.#folder = join(runs, runId.parse(run));
  }

  async create(document: NetworkDocument): Promise<void> {
    await mkdir(join(this.#folder, MOMENTS), { recursive: true });
    await writeAtomically(join(this.#folder, NETWORK), writeProject({ document, weights: null, others: {} }));
  }

  remove(): Promise<void> {
    return rm(this.#folder, { recursive: true, force: true });
  }

  writeRecord({ owner, record }: Pick<OwnedRecord, 'owner' | 'record'>): Promise<void> {
    const file: z.infer<typeof recordFile> = { version: 1, owner: owner.pid, started: owner.started, record };
    return writeAtomically(join(this.#folder, RECORD), new TextEncoder().encode(`${JSON.stringify(file, null, 1)}\n`));
  }

  /** Null where there is none, or one of a newer version; `damaged` where its bytes make no sense. */
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
    return typeof version === 'number' && version > 1 ? null : 'damaged';
  }

  /** Moves a damaged record out of the way. */
  setRecordAside(): Promise<void> {
    return setAside(join(this.#folder, RECORD));
  }

  /** Moves a damaged moment out of the way; the name that it has then. */
  async setMomentAside(moment: Pick<MomentFile, 'step' | 'epoch'>): Promise<string> {
    const path = this.#momentPath(moment);
    await setAside(path);
    return `${basename(path)}${DAMAGED}`;
  }

  async readDocument(): Promise<NetworkDocument> {
    return readProject(new Uint8Array(await readFile(join(this.#folder, NETWORK))), NETWORK).document;
  }

  #momentPath({ step, epoch }: Pick<MomentFile, 'step' | 'epoch'>): string {
    return join(this.#folder, MOMENTS, `${step}.${epoch}.netloom`);
  }

  /** By rising steps; of two after the same step the later one counts: the epoch is over. */
  async moments(): Promise<readonly MomentFile[]> {
    const found = new Map<number, MomentFile>();
    for (const name of await readdir(join(this.#folder, MOMENTS)).catch(() => [])) {
      const match = MOMENT.exec(name);
      if (match === null) continue;
      const [step, epoch] = [Number(match[1]), Number(match[2])];
      if ((found.get(step)?.epoch ?? -1) >= epoch) continue;
      const { size } = await stat(join(this.#folder, MOMENTS, name)).catch(() => ({ size: 0 }));
      found.set(step, { step, epoch, bytes: size });
    }
    return [...found.values()].sort((a, b) => a.step - b.step);
  }

  async writeMoment(bytes: Uint8Array, moment: Pick<MomentFile, 'step' | 'epoch'>): Promise<void> {
    await writeAtomically(this.#momentPath(moment), bytes);
  }

  removeMoment(moment: Pick<MomentFile, 'step' | 'epoch'>): Promise<void> {
    return rm(this.#momentPath(moment), { force: true });
  }

  /** @throws DamagedMoment, or another UserError where it is not there. */
  async readMoment(moment: Pick<MomentFile, 'step' | 'epoch'>): Promise<Checkpoint> {
    const name = `${moment.step}.${moment.epoch}.netloom`;
    let checkpoint: Checkpoint | null;
    try {
      checkpoint = readCheckpoint((await readProjectFile(this.#momentPath(moment), { name })).others);
    } catch (error) {
      if (error instanceof UserError) throw new DamagedMoment(error.text);
      throw (error as NodeJS.ErrnoException).code === 'ENOENT' ? momentGone(moment.step) : error;
    }
    if (checkpoint === null) throw new DamagedMoment(momentGone(moment.step).text);
    return checkpoint;
  }
}

const DAMAGED = '.damaged';

const setAside = (path: string): Promise<void> => rename(path, `${path}${DAMAGED}`);

/** The bytes of a moment's file. */
export const momentBytes = (checkpoint: Checkpoint): Uint8Array<ArrayBuffer> =>
  writeProject({ document: checkpoint.document, weights: null, others: writeCheckpoint(checkpoint) });

export const momentGone = (step: number): UserError =>
  new UserError({
    en: `The run is no longer kept as it was after step ${step}. Choose another step.`,
    zh: `此次训练在第 ${step} 步后的状态已不再保留。请选择其他步。`,
  });
