import { type KeyboardEvent, useId, useMemo, useState } from 'react';
import { Marked } from '../../design/palette/Marked.tsx';
import { useDocument, useUi } from '../../state/stores/stores.ts';
import { Dialog } from '../../ui/controls/Dialog.tsx';
import { SearchField } from '../../ui/controls/SearchField.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import css from './CommandPalette.module.css';
import { type Choice, findChoices } from './choices.ts';

const close = (): void => useUi.getState().showSurface(null);

function choose(choice: Choice): void {
  if (choice.disabled) return;
  // A command applies to the canvas, not to the search field of the palette.
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  close();
  Promise.resolve(choice.run()).catch(console.error);
}

/** Search over all commands, layers and templates, by name. */
export function CommandPalette() {
  const { say } = useWords();
  const open = useUi((state) => state.surface === 'commands');
  return (
    <Dialog title={say('commandPalette.title')} open={open} look="top" onClose={close}>
      <Search />
    </Dialog>
  );
}

function Search() {
  const { say } = useWords();
  const id = useId();
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const check = useDocument((state) => state.check);
  // The check changes with names and blocks, the available commands with the selection; a drag changes neither.
  const selection = useUi((state) => state.selection);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the choices are read from the stores
  const found = useMemo(() => findChoices(useDocument.getState().document, query), [check, selection, query]);
  const active = Math.min(at, found.length - 1);

  function walk(to: number): void {
    const next = (to + found.length) % found.length;
    setAt(next);
    document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: 'nearest' });
  }

  function onKeyDown(event: KeyboardEvent): void {
    const chosen = found[active];
    if (event.key === 'Enter' && chosen !== undefined) choose(chosen);
    else if (event.key === 'ArrowDown') walk(active + 1);
    else if (event.key === 'ArrowUp') walk(active - 1);
    else return;
    event.preventDefault();
  }

  return (
    <>
      <SearchField
        type="text"
        role="combobox"
        label={say('commandPalette.search')}
        value={query}
        look="bare"
        className={css.search}
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={found.length > 0 ? `${id}-${active}` : undefined}
        onSearch={(text) => {
          setQuery(text);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id={`${id}-list`} role="listbox" aria-label={say('commandPalette.title')} className={css.list}>
        {found.map((choice, index) => (
          <Row key={choice.id} id={`${id}-${index}`} choice={choice} query={query} active={index === active} />
        ))}
      </div>
      {found.length === 0 && (
        <p role="status" className={css.none}>
          {say('commandPalette.none', { query })}
        </p>
      )}
    </>
  );
}

interface RowProps {
  readonly id: string;
  readonly choice: Choice;
  readonly query: string;
  readonly active: boolean;
}

function Row({ id, choice, query, active }: RowProps) {
  const { say, pick } = useWords();
  const recent = useUi((state) => query.trim() === '' && state.recentCommands.includes(choice.id));
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the focus and the keys
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={active}
      aria-disabled={choice.disabled || undefined}
      className={css.row}
      title={choice.hint && pick(choice.hint)}
      onClick={() => choose(choice)}
      onPointerDown={(event) => event.preventDefault()}
    >
      <span className={css.title}>
        <Title title={pick(choice.title)} name={pick(choice.names?.[0] ?? choice.title)} query={query} />
      </span>
      <span className={css.note}>
        {pick(choice.note)}
        {recent && ` · ${say('commandPalette.recent')}`}
      </span>
      {choice.keys && <kbd className={css.keys}>{choice.keys}</kbd>}
    </div>
  );
}

/** Highlights matches in the name only, not in the verb of the title. */
function Title({ title, name, query }: { readonly title: string; readonly name: string; readonly query: string }) {
  const at = title.indexOf(name);
  return (
    <>
      {title.slice(0, at)}
      <Marked text={name} query={query} />
      {title.slice(at + name.length)}
    </>
  );
}
