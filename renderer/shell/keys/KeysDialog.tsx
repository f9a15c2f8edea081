import { type RefObject, useRef, useState } from 'react';
import type { CommandId } from '../../state/commands/command.ts';
import { commandIds, commandOf, keysOf } from '../../state/commands/commands.ts';
import { chordText } from '../../state/commands/keymap.ts';
import { useUi } from '../../state/stores/stores.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { Dialog } from '../../ui/controls/Dialog.tsx';
import { SearchField } from '../../ui/controls/SearchField.tsx';
import { textOf, useWords } from '../../ui/i18n/i18n.ts';
import { matches } from '../../ui/search/match.ts';
import { CommandKeys } from './CommandKeys.tsx';
import css from './KeysDialog.module.css';
import { SelectionHelp } from './SelectionHelp.tsx';

/** All commands with their keys, which can be changed here; above them, help for the selected layer. */
export function KeysDialog() {
  const { say } = useWords();
  const open = useUi((state) => state.surface === 'keys');
  const search = useRef<HTMLInputElement>(null);
  return (
    <Dialog title={say('keys.title')} open={open} focus={search} onClose={() => useUi.getState().showSurface(null)}>
      <Keys search={search} />
    </Dialog>
  );
}

/** Matches a command by its title or its keys. */
const isFound = (id: CommandId, query: string): boolean =>
  matches(textOf(commandOf(id).title), query) !== null ||
  keysOf(id).some((chord) => chordText(chord).toLowerCase().includes(query.trim().toLowerCase()));

function Keys({ search }: { readonly search: RefObject<HTMLInputElement | null> }) {
  const { say } = useWords();
  const [query, setQuery] = useState('');
  const own = useUi((state) => state.keys);
  const found = commandIds().filter((id) => isFound(id, query));
  const groups = [...new Set(found.map((id) => commandOf(id).group))];

  function resetAll(): void {
    for (const id of Object.keys(own)) useUi.getState().setKeys(id, null);
  }

  return (
    <>
      <div className={css.search}>
        <SearchField
          ref={search}
          type="text"
          label={say('keys.search')}
          value={query}
          look="bare"
          className={css.field}
          onSearch={setQuery}
        />
        <Button label={say('keys.resetAll')} disabled={Object.keys(own).length === 0} onClick={resetAll}>
          {say('keys.resetAll')}
        </Button>
      </div>
      <div className={css.list}>
        <SelectionHelp />
        <p className={css.hint}>{say('keys.hint')}</p>
        {groups.map((group) => (
          <section key={group} aria-label={say(`command.group.${group}`)}>
            <h3 className={css.group}>{say(`command.group.${group}`)}</h3>
            {found
              .filter((id) => commandOf(id).group === group)
              .map((id) => (
                <CommandKeys key={id} id={id} />
              ))}
          </section>
        ))}
        {found.length === 0 && <p className={css.hint}>{say('keys.none')}</p>}
      </div>
    </>
  );
}
