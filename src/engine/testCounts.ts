import type { NetworkDocument } from '../graph/document.ts';
import type { RunLibrary } from './runs/runLibrary.ts';

/** Counts how often weights were evaluated on a test set: with the kept run that they come from, else by dataset and split. */
export class TestCounts {
  readonly #library: RunLibrary | null;
  readonly #counts = new Map<string, number>();

  constructor(library: RunLibrary | null) {
    this.#library = library;
  }

  /** Counts one more. Returns the number of all. */
  async count(run: string | null, { data }: Pick<NetworkDocument, 'data'>): Promise<number> {
    const ofRun = run === null ? null : ((await this.#library?.countTest(run)) ?? null);
    if (ofRun !== null) return ofRun;
    const { source, validation, splitSeed, split } = data;
    const key = JSON.stringify([source, validation, splitSeed, split]);
    const count = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, count);
    return count;
  }
}
