import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { NetworkDocument } from '../../graph/document.ts';
import { readProject, writeProject } from '../../graph/file.ts';
import { runId, runRecord } from '../../runs/record.ts';
import { UserError } from '../../text.ts';
import { writeAtomically } from '../atomicWrite.ts';
import { type Checkpoint, readCheckpoint, writeCheckpoint } from '../checkpoint.ts';
import { readProjectFile } from '../projectFile.ts';

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

/** `owner`: the process that has the run under way. */
const recordFile = z.object({ version: z.literal(1), owner: z.int(), record: runRecord });
export type OwnedRecord = Omit<z.infer<typeof recordFile>, 'version'>;

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

  writeRecord(owned: OwnedRecord): Promise<void> {
    const json = JSON.stringify({ version: 1, ...owned } satisfies z.input<typeof recordFile>, null, 1);
    return writeAtomically(join(this.#folder, RECORD), new TextEncoder().encode(`${json}\n`));
  }

  /** Null where there is none that this version can read. */
  async readRecord(): Promise<OwnedRecord | null> {
    try {
      return recordFile.parse(JSON.parse(await readFile(join(this.#folder, RECORD), 'utf8')));
    } catch {
      return null;
    }
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

  async readMoment(moment: Pick<MomentFile, 'step' | 'epoch'>): Promise<Checkpoint> {
    const name = `${moment.step}.${moment.epoch}.netloom`;
    const { others } = await readProjectFile(this.#momentPath(moment), { name }).catch((error: unknown) => {
      throw error instanceof UserError ? error : momentGone(moment.step);
    });
    const checkpoint = readCheckpoint(others);
    if (checkpoint === null) throw momentGone(moment.step);
    return checkpoint;
  }
}

/** The bytes of a moment's file. */
export const momentBytes = (checkpoint: Checkpoint): Uint8Array<ArrayBuffer> =>
  writeProject({ document: checkpoint.document, weights: null, others: writeCheckpoint(checkpoint) });

export const momentGone = (step: number): UserError =>
  new UserError({
    en: `The run is no longer kept as it was after step ${step}. Choose another step.`,
    zh: `此次训练在第 ${step} 步后的状态已不再保留。请选择其他步。`,
  });
