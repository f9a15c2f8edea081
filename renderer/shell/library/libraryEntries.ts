import type { RecentFile } from '../../../src/desktopCalls.ts';
import type { RunRecord } from '../../../src/runs/record.ts';
import { type Language, same, type Text } from '../../../src/text.ts';
import type { PretrainedNetwork } from '../../../templates/pretrained.ts';
import { matches } from '../../ui/search/match.ts';
import { dataTitle } from '../start/dataTitle.ts';

/** A trained network or model that the library offers. */
export interface LibraryEntry {
  readonly id: string;
  readonly title: Text;
  /** Dataset of a shipped network or a run, folder of a file. */
  readonly from: Text;
  /** Training settings of a shipped network; empty for others. */
  readonly recipe: Text;
  /** Number of parameters; null if it is unknown. */
  readonly params: number | null;
  /** Accuracy of the best epoch or of the shipped network, in [0, 1]; null without one. */
  readonly accuracy: number | null;
  /** Validation loss of the best epoch. */
  readonly loss: number | null;
  /** Time in milliseconds since 1970; null for shipped networks. */
  readonly at: number | null;
  /** True for a file that was moved or deleted. */
  readonly missing: boolean;
}

export type LibrarySorting = 'newest' | 'name' | 'best';

const NONE: Omit<LibraryEntry, 'id' | 'title' | 'from'> = {
  recipe: same(''),
  params: null,
  accuracy: null,
  loss: null,
  at: null,
  missing: false,
};

export const shippedEntries = (networks: readonly PretrainedNetwork[]): readonly LibraryEntry[] =>
  networks.map(({ id, title, about, recipe, params, accuracy }) => ({
    ...NONE,
    id,
    title,
    from: about,
    recipe,
    params,
    accuracy: accuracy / 100,
  }));

/** The runs with an evaluated epoch. */
export const runEntries = (runs: readonly RunRecord[]): readonly LibraryEntry[] =>
  runs.flatMap(({ id, name, source, params, best, created }) =>
    best === null
      ? []
      : [
          {
            ...NONE,
            id,
            title: same(name),
            from: same(dataTitle(source)),
            params,
            accuracy: best.validation.accuracy,
            loss: best.validation.loss,
            at: created,
          },
        ],
  );

/** The recent files of other programs. */
export const importedEntries = (recent: readonly RecentFile[]): readonly LibraryEntry[] =>
  recent
    .filter(({ name }) => !/\.(netloom|svg|png)$/i.test(name))
    .map(({ id, name, folder, at, missing }) => ({ ...NONE, id, title: same(name), from: same(folder), at, missing }));

/** The entries whose title or origin contains the query, in that order; entries without the value come last. */
export function arranged(
  entries: readonly LibraryEntry[],
  query: string,
  sorting: LibrarySorting,
  language: Language,
): readonly LibraryEntry[] {
  const words = new Intl.Collator(language, { numeric: true });
  const found =
    query.trim() === ''
      ? entries
      : entries.filter(({ title, from }) => matches(title, query) !== null || matches(from, query) !== null);
  const byName = (a: LibraryEntry, b: LibraryEntry): number => words.compare(a.title[language], b.title[language]);
  const orders: Record<LibrarySorting, (a: LibraryEntry, b: LibraryEntry) => number> = {
    name: byName,
    newest: (a, b) => (b.at ?? 0) - (a.at ?? 0) || byName(a, b),
    best: (a, b) =>
      (b.accuracy ?? -1) - (a.accuracy ?? -1) || (a.loss ?? Infinity) - (b.loss ?? Infinity) || byName(a, b),
  };
  return [...found].sort(orders[sorting]);
}
