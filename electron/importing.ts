import { basename } from 'node:path';
import type { ImportProgress } from '../src/desktopCalls.ts';
import type { CallAnswer } from '../src/protocol/calls.ts';
import type { Language } from '../src/text.ts';
import { ImportCanceled, importApart } from './importApart.ts';

/** The sizes that the user gave to open axes, by name. */
export type Sizes = Readonly<Record<string, number>>;

interface Current extends Omit<ImportProgress, 'seconds'> {
  readonly since: number;
  readonly stop: AbortController;
}

/** Imports of models in one window, one at a time. */
export class Importing {
  #current: Current | null = null;
  #last: string | null = null;

  /** Path of the last model, which may be imported again with other sizes. */
  get last(): string | null {
    return this.#last;
  }

  /** The import that is under way. */
  get progress(): ImportProgress | null {
    if (this.#current === null) return null;
    const { name, phase, since } = this.#current;
    return { name, phase, seconds: (performance.now() - since) / 1000 };
  }

  /** Ends the import that is under way. */
  cancel(): void {
    this.#current?.stop.abort();
    this.#current = null;
  }

  /** Imports a model instead of the one that is under way; null if it was canceled. Throws UserError. */
  async run(path: string, sizes: Sizes, language: Language): Promise<CallAnswer<'importModel'> | null> {
    this.cancel();
    const stop = new AbortController();
    const isMine = (): boolean => this.#current?.stop === stop;
    this.#current = { name: basename(path), phase: 'reading', since: performance.now(), stop };
    this.#last = path;
    try {
      return await importApart(
        { path, sizes, language },
        {
          signal: stop.signal,
          onPhase: (phase) => {
            if (this.#current !== null && isMine()) this.#current = { ...this.#current, phase };
          },
        },
      );
    } catch (error) {
      if (error instanceof ImportCanceled) return null;
      throw error;
    } finally {
      if (isMine()) this.#current = null;
    }
  }
}
