import { type RefObject, useId, useState } from 'react';
import { oneLine } from '../../../src/graph/document.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { renameInLibrary } from '../library/keeping.ts';
import { useLibrary } from '../library/libraryStore.ts';
import css from './BlockDialog.module.css';
import { useBlockDialog } from './blockDialogStore.ts';

interface Props {
  readonly id: string;
  /** Text field of the name. */
  readonly name: RefObject<HTMLInputElement | null>;
}

/** Form that renames a block of the library. */
export function RenameForm({ id, name }: Props) {
  const { say } = useWords();
  const field = useId();
  const entry = useLibrary(({ library }) => library.find((each) => each.id === id));
  const [title, setTitle] = useState(entry?.title ?? '');
  const { close } = useBlockDialog.getState();
  const rename = (): void => {
    if (entry === undefined || title.trim() === '') return;
    close();
    renameInLibrary(entry, title.trim()).catch(console.error);
  };
  return (
    <form
      className={css.small}
      onSubmit={(event) => {
        event.preventDefault();
        rename();
      }}
    >
      <label className={css.name} htmlFor={field}>
        {say('block.name')}
      </label>
      <input
        ref={name}
        id={field}
        className={css.text}
        value={title}
        onFocus={(event) => event.target.select()}
        onChange={(event) => setTitle(oneLine(event.target.value))}
      />
      <div className={css.buttons}>
        <Button label={say('block.cancel')} look="outlined" onClick={() => close()}>
          {say('block.cancel')}
        </Button>
        <Button label={say('block.doRename')} look="filled" disabled={title.trim() === ''} onClick={rename}>
          {say('block.doRename')}
        </Button>
      </div>
    </form>
  );
}
