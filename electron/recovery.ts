import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeAtomically } from '../src/engine/atomicWrite.ts';
import type { NetworkDocument } from '../src/graph/document.ts';
import { type Project, readProject, writeProject } from '../src/graph/file.ts';
import type { FileStamp } from './fileStamp.ts';

/** More are not kept: the oldest go. */
const MOST = 12;
/** Trained weights beyond this are left to the user's own saving. */
const MOST_BYTES = 512 * 2 ** 20;

const NETWORK = 'network.json';
const TRAINED = 'trained.netloom';

const stateSchema = z.object({
  at: z.number(),
  path: z.string().nullable(),
  stamp: z.object({ modified: z.number(), size: z.number() }).nullable(),
  /** Read like any other network: by a newer version, too. */
  document: z.unknown(),
});

/** What a window had when the app ended without saving. */
export interface Lost {
  readonly id: string;
  readonly at: number;
  readonly path: string | null;
  /** Of that file, as the window knew it. */
  readonly stamp: FileStamp | null;
  readonly document: NetworkDocument;
}

/** The place where one window keeps its unsaved work. */
export interface RecoverySlot {
  /** `trained`: weights and runs, where they are not those of the file. Absent: those that were kept last stay. */
  keep(work: Omit<Lost, 'id' | 'at'>, trained?: Omit<Project, 'document'>): Promise<void>;
  /** All is saved or given up. */
  clear(): void;
}

/** Unsaved work of all windows, each in a folder of its own. */
export interface Recovery {
  /** What windows that are no more have left, newest first. */
  lost(): Promise<readonly Lost[]>;
  /** With what was trained, where that was kept. */
  read(id: string): Promise<(Lost & { readonly trained: Omit<Project, 'document'> | null }) | null>;
  newSlot(): RecoverySlot;
  /** The slot of what was lost goes on as that of a window. */
  claim(id: string): RecoverySlot;
  discard(id: string): Promise<void>;
}

const bytesOf = ({ weights, others }: Omit<Project, 'document'>): number =>
  Object.values(others).reduce((sum, { length }) => sum + length, weights?.length ?? 0);

export function openRecovery(folder: string): Recovery {
  const taken = new Set<string>();

  async function readLost(id: string): Promise<Lost | null> {
    try {
      const state = stateSchema.parse(JSON.parse(await readFile(join(folder, id, NETWORK), 'utf8')));
      const bytes = new TextEncoder().encode(JSON.stringify(state.document));
      return { ...state, id, document: readProject(bytes, id, 'lenient').document };
    } catch {
      // Killed before anything was written.
      return null;
    }
  }

  function slot(id: string): RecoverySlot {
    const own = join(folder, id);
    let writing: Promise<void> = Promise.resolve();
    let era = 0;
    taken.add(id);

    async function write(work: Omit<Lost, 'id' | 'at'>, trained?: Omit<Project, 'document'>): Promise<void> {
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
          // Cleared meanwhile: what was written just now is nothing to come back to.
          if (era !== begun) rmSync(own, { recursive: true, force: true });
        });
        return writing;
      },
      clear() {
        era++;
        rmSync(own, { recursive: true, force: true });
      },
    };
  }

  async function left(): Promise<readonly string[]> {
    const ids = await readdir(folder).catch(() => []);
    return ids.filter((id) => !taken.has(id));
  }

  return {
    async lost() {
      const found: Lost[] = [];
      for (const id of await left()) {
        const lost = await readLost(id);
        if (lost !== null) found.push(lost);
        else if (!taken.has(id)) await rm(join(folder, id), { recursive: true, force: true });
      }
      found.sort((a, b) => b.at - a.at);
      for (const { id } of found.slice(MOST)) await rm(join(folder, id), { recursive: true, force: true });
      return found.slice(0, MOST).filter(({ id }) => !taken.has(id));
    },
    async read(id) {
      if (!(await left()).includes(id)) return null;
      const lost = await readLost(id);
      if (lost === null) return null;
      const file = join(folder, id, TRAINED);
      const size = await stat(file).then(
        (found) => found.size,
        () => 0,
      );
      if (size === 0) return { ...lost, trained: null };
      try {
        const { weights, others } = readProject(new Uint8Array(await readFile(file)), id, 'lenient');
        return { ...lost, trained: { weights, others } };
      } catch (error) {
        console.error(error);
        return { ...lost, trained: null };
      }
    },
    newSlot: () => slot(randomUUID()),
    claim: slot,
    async discard(id) {
      if ((await left()).includes(id)) await rm(join(folder, id), { recursive: true, force: true });
    },
  };
}
