import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeAtomically } from '../src/engine/atomicWrite.ts';
import { explain } from '../src/engine/fileReason.ts';
import type { NetworkDocument } from '../src/graph/document.ts';
import { type Project, type Reading, readProject, writeProject } from '../src/graph/file.ts';
import type { Text } from '../src/text.ts';
import type { FileStamp } from './fileStamp.ts';

/** Limit on the trained weights that are kept automatically; larger ones must be saved by the user. */
const MOST_BYTES = 512 * 2 ** 20;

const NETWORK = 'network.json';
const TRAINED = 'trained.netloom';
/** Folder to which unreadable work is moved unchanged. */
const DAMAGED = 'damaged';

const stateSchema = z.object({
  at: z.number(),
  path: z.string().nullable(),
  stamp: z.object({ modified: z.number(), size: z.number() }).nullable(),
  /** Read like any other file of a network, so that newer versions can migrate it. */
  document: z.unknown(),
});

/** Unsaved work of a window when the app ended. */
export interface UnsavedWork {
  readonly id: string;
  readonly at: number;
  readonly path: string | null;
  /** Stamp of the file when the window read or wrote it. */
  readonly stamp: FileStamp | null;
  readonly document: NetworkDocument;
}

/** Unreadable unsaved work, or its unreadable weights: the current path, and the reason. */
export interface DamagedWork {
  readonly file: string;
  readonly reason: Text;
}

/** Storage of the unsaved work of one window. */
export interface RecoverySlot {
  /**
   * Keeps unsaved work. `trained`: weights and run, if they differ from those in the file. If omitted, the last kept
   * ones stay.
   */
  keep(work: Omit<UnsavedWork, 'id' | 'at'>, trained?: Omit<Project, 'document'>): Promise<void>;
  /** Removes the work, because it was saved or discarded. */
  clear(): void;
  /** Marks the kept work as lost, because its window is gone. */
  release(): void;
}

/** Unsaved work of all windows, in one folder per window. */
export interface Recovery {
  /** The unsaved work of closed windows, newest first, and the unreadable part of it. */
  lost(): Promise<{ readonly found: readonly UnsavedWork[]; readonly damaged: readonly DamagedWork[] }>;
  /** Reads unsaved work with its trained weights, if they were kept. `damaged`: the weights are unreadable. */
  read(id: string): Promise<LostWork | null>;
  /** Moves unreadable weights of unsaved work aside, so that the work can be restored without them. */
  setWeightsAside(id: string, error: unknown): Promise<DamagedWork>;
  newSlot(): RecoverySlot;
  /** Makes the slot of lost work the slot of a window. */
  claim(id: string): RecoverySlot;
  discard(id: string): Promise<void>;
}

export interface LostWork extends UnsavedWork {
  readonly trained: Omit<Project, 'document'> | null;
  readonly damaged: DamagedWork | null;
}

const bytesOf = ({ weights, others }: Omit<Project, 'document'>): number =>
  Object.values(others).reduce((sum, { length }) => sum + length, weights?.length ?? 0);

const isThere = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );

/** A free path in the folder for the name; a number is appended if the name is taken. */
async function freePlace(folder: string, name: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  for (let n = 1; ; n++) {
    const place = join(folder, n === 1 ? name : `${name} ${n}`);
    if (!(await isThere(place))) return place;
  }
}

export function openRecovery(folder: string): Recovery {
  const taken = new Set<string>();
  /** Work found damaged since the start. */
  const damaged: DamagedWork[] = [];

  async function setAside(path: string, name: string, error: unknown): Promise<DamagedWork> {
    const file = await freePlace(join(folder, DAMAGED), name);
    await rename(path, file);
    const one = { file, reason: explain(error, (reason) => reason) };
    damaged.push(one);
    return one;
  }

  const setWeightsAside = (id: string, error: unknown): Promise<DamagedWork> =>
    setAside(join(folder, id, TRAINED), `${id} ${TRAINED}`, error);

  async function readState(id: string): Promise<UnsavedWork> {
    const state = stateSchema.parse(JSON.parse(await readFile(join(folder, id, NETWORK), 'utf8')));
    const bytes = new TextEncoder().encode(JSON.stringify(state.document));
    return { ...state, id, document: readProject(bytes, id, 'lenient').document };
  }

  /** The kept weights are stored with the network of that time, which replaces a damaged network. */
  async function readKeptProject(id: string): Promise<UnsavedWork> {
    const file = join(folder, id, TRAINED);
    const { document } = readProject(new Uint8Array(await readFile(file)), id, 'lenient');
    const { mtimeMs } = await stat(file);
    return { id, at: mtimeMs, path: null, stamp: null, document };
  }

  /** Reads lost work; null for an empty folder, which remains if the app was killed before the first write. */
  async function readLost(id: string): Promise<UnsavedWork | null> {
    const whole = [NETWORK, TRAINED].map((name) => isThere(join(folder, id, name)));
    if (!(await Promise.all(whole)).includes(true)) return null;
    try {
      return await readState(id);
    } catch (error) {
      return readKeptProject(id).catch(() => {
        throw error;
      });
    }
  }

  function slot(id: string): RecoverySlot {
    const own = join(folder, id);
    let writing: Promise<void> = Promise.resolve();
    let era = 0;
    taken.add(id);

    function remove(): void {
      try {
        rmSync(own, { recursive: true, force: true });
      } catch (error) {
        console.error(error);
      }
    }
    async function write(work: Omit<UnsavedWork, 'id' | 'at'>, trained?: Omit<Project, 'document'>): Promise<void> {
      await mkdir(own, { recursive: true });
      const state = new TextEncoder().encode(JSON.stringify({ at: Date.now(), ...work }));
      await writeAtomically(join(own, NETWORK), state);
      if (trained === undefined || bytesOf(trained) > MOST_BYTES) return;
      await writeAtomically(join(own, TRAINED), writeProject({ document: work.document, ...trained }));
    }
    return {
      keep(work, trained) {
        const begun = era;
        writing = writing.then(async () => {
          if (era === begun) await write(work, trained).catch(console.error);
          // The slot was cleared during the write, so the written work is obsolete.
          if (era !== begun) remove();
        });
        return writing;
      },
      clear() {
        era++;
        remove();
      },
      release() {
        taken.delete(id);
      },
    };
  }

  async function left(): Promise<readonly string[]> {
    const found = await readdir(folder, { withFileTypes: true }).catch(() => []);
    const ids = found.filter((entry) => entry.isDirectory() && entry.name !== DAMAGED).map(({ name }) => name);
    return ids.filter((id) => !taken.has(id));
  }

  return {
    async lost() {
      const found: UnsavedWork[] = [];
      for (const id of await left()) {
        try {
          const lost = await readLost(id);
          if (taken.has(id)) continue;
          if (lost === null) await rm(join(folder, id), { recursive: true, force: true });
          else found.push(lost);
        } catch (error) {
          if (!taken.has(id)) await setAside(join(folder, id), id, error).catch(console.error);
        }
      }
      found.sort((a, b) => b.at - a.at);
      return { found, damaged: [...damaged] };
    },
    async read(id) {
      if (!(await left()).includes(id)) return null;
      const lost = await readLost(id).catch(() => null);
      if (lost === null) return null;
      const file = join(folder, id, TRAINED);
      if (!(await isThere(file))) return { ...lost, trained: null, damaged: null };
      const bytes = new Uint8Array(await readFile(file));
      const trained = (reading: Reading) => {
        const { weights, others } = readProject(bytes, id, reading);
        return { weights, others };
      };
      try {
        return { ...lost, trained: trained('strict'), damaged: null };
      } catch (error) {
        const damaged = await setWeightsAside(id, error);
        try {
          // The readable part of the weights.
          return { ...lost, trained: trained('lenient'), damaged };
        } catch {
          return { ...lost, trained: null, damaged };
        }
      }
    },
    setWeightsAside,
    newSlot: () => slot(randomUUID()),
    claim: slot,
    async discard(id) {
      if ((await left()).includes(id)) await rm(join(folder, id), { recursive: true, force: true });
    },
  };
}
