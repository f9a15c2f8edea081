import { type ReactNode, type RefObject, useId, useRef, useState } from 'react';
import type { Text } from '../../../src/text.ts';
import { type PretrainedId, pretrained } from '../../../templates/pretrained.ts';
import { figure } from '../../results/look/figures.ts';
import { openFrom } from '../../state/files/opening.ts';
import { useRecentFiles } from '../../state/files/recentFiles.ts';
import { useRuns } from '../../state/stores/runsStore.ts';
import { useDocument, useUi } from '../../state/stores/stores.ts';
import { openBest, startFromBest } from '../../training/runs/bestWeights.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { Dialog } from '../../ui/controls/Dialog.tsx';
import { SearchField } from '../../ui/controls/SearchField.tsx';
import { Select } from '../../ui/controls/Select.tsx';
import { type Key, useWords } from '../../ui/i18n/i18n.ts';
import { dateTime, percent, whole } from '../../ui/i18n/numbers.ts';
import {
  arranged,
  importedEntries,
  type LibraryEntry,
  type LibrarySorting,
  runEntries,
  shippedEntries,
} from './libraryEntries.ts';
import css from './ModelLibrary.module.css';

const close = (): void => useUi.getState().showSurface(null);

/** Trained networks to open or to start from: those that ship with Netloom, the best of own runs, imported files. */
export function ModelLibrary() {
  const { say } = useWords();
  const open = useUi((state) => state.surface === 'library');
  const search = useRef<HTMLInputElement>(null);
  return (
    <Dialog title={say('modelLibrary.title')} open={open} focus={search} onClose={close}>
      <Library search={search} />
    </Dialog>
  );
}

const sortings: readonly LibrarySorting[] = ['newest', 'name', 'best'];

function Library({ search }: { readonly search: RefObject<HTMLInputElement | null> }) {
  const { say, language } = useWords();
  const sortingId = useId();
  const [query, setQuery] = useState('');
  const [sorting, setSorting] = useState<LibrarySorting>('newest');
  const runs = useRuns((state) => state.runs);
  const recent = useRecentFiles((state) => state.files);
  const hasNetwork = useDocument(({ root }) => root.nodes.length > 0);
  const shown = (entries: readonly LibraryEntry[]) => arranged(entries, query, sorting, language);

  function choose(opening: Promise<unknown>): void {
    close();
    opening.catch(console.error);
  }

  return (
    <div className={css.library}>
      <div className={css.bar}>
        <SearchField
          ref={search}
          label={say('modelLibrary.search')}
          value={query}
          className={css.search}
          onSearch={setQuery}
        />
        <label className={css.sorting} htmlFor={sortingId}>
          {say('modelLibrary.sort')}
        </label>
        <Select id={sortingId} value={sorting} onChange={({ target }) => setSorting(target.value as LibrarySorting)}>
          {sortings.map((each) => (
            <option key={each} value={each}>
              {say(`modelLibrary.sort.${each}`)}
            </option>
          ))}
        </Select>
      </div>
      <div className={css.groups}>
        <Group
          heading="modelLibrary.shipped"
          empty="modelLibrary.nothing"
          isSearch={query.trim() !== ''}
          entries={shown(shippedEntries(pretrained))}
          choose={(id) => choose(openFrom({ kind: 'pretrained', id: id as PretrainedId }))}
        />
        <Group
          heading="modelLibrary.runs"
          empty="modelLibrary.noRuns"
          isSearch={query.trim() !== ''}
          entries={shown(runEntries(runs))}
          choose={(id) => choose(openBest(id))}
          more={({ id, title }) => (
            <Button
              look="outlined"
              label={say('modelLibrary.startOf', { name: title[language] })}
              hint={say('modelLibrary.startHint')}
              disabled={!hasNetwork}
              onClick={() => choose(startFromBest(id))}
            >
              {say('fineTuning.fromRun')}
            </Button>
          )}
        />
        <Group
          heading="modelLibrary.imported"
          empty="modelLibrary.noImported"
          isSearch={query.trim() !== ''}
          entries={shown(importedEntries(recent))}
          choose={(id) => choose(openFrom({ kind: 'recent', id }))}
        />
      </div>
    </div>
  );
}

interface GroupProps {
  readonly heading: Key;
  /** Says how the group is filled. */
  readonly empty: Key;
  /** True if the entries are those of a search. */
  readonly isSearch: boolean;
  readonly entries: readonly LibraryEntry[];
  choose(id: string): void;
  more?(entry: LibraryEntry): ReactNode;
}

function Group({ heading, empty, isSearch, entries, choose, more }: GroupProps) {
  const { say } = useWords();
  return (
    <section aria-label={say(heading)}>
      <h3 className={css.heading}>{say(heading)}</h3>
      {entries.length === 0 ? (
        <p className={css.none}>{say(isSearch ? 'modelLibrary.nothing' : empty)}</p>
      ) : (
        <ul className={css.rows}>
          {entries.map((entry) => (
            <li key={entry.id} className={css.row}>
              <Entry entry={entry} choose={choose} />
              {more?.(entry)}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Entry({ entry, choose }: { readonly entry: LibraryEntry; choose(id: string): void }) {
  const { pick, say, language } = useWords();
  const { id, title, from, recipe, params, accuracy, loss, at, missing } = entry;
  const figures: readonly (string | null)[] = [
    // The description of a shipped network states its accuracy.
    accuracy === null || at === null ? null : say('modelLibrary.accuracy', { value: percent(accuracy) }),
    loss === null ? null : say('modelLibrary.loss', { value: figure(loss) }),
    params === null ? null : say('modelLibrary.params', { count: whole(params) }),
    at === null ? null : dateTime(at, language),
    missing ? say('start.gone') : null,
  ];
  const text = (each: Text): string => pick(each);
  return (
    <button type="button" className={css.entry} disabled={missing} onClick={() => choose(id)}>
      <span>{text(title)}</span>
      <small>{[text(from), ...figures].filter((part) => part !== null && part !== '').join(' · ')}</small>
      {text(recipe) !== '' && <small>{text(recipe)}</small>}
    </button>
  );
}
