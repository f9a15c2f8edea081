import { useId, useState } from 'react';
import type { DocumentNode } from '../../src/graph/document.ts';
import { useWords } from '../i18n/i18n.ts';
import { useDocument } from '../stores/stores.ts';
import css from './FieldRow.module.css';

/** The name of a layer; one undo step for each time it is left. */
export function NameRow({ node }: { readonly node: DocumentNode }) {
  const { say } = useWords();
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const { transient, commit, cancel } = useDocument.getState();
  const empty = draft !== null && draft.trim() === '';

  function leave(): void {
    commit();
    setDraft(null);
  }

  return (
    <div className={css.row}>
      <label htmlFor={id}>{say('inspector.name')}</label>
      <input
        id={id}
        className={css.text}
        value={draft ?? node.name}
        aria-invalid={empty}
        onChange={({ target }) => {
          setDraft(target.value);
          const name = target.value.trim();
          if (name !== '') transient([{ kind: 'renameNode', node: node.id, name }]);
        }}
        onBlur={leave}
        onKeyDown={(event) => {
          if (event.key === 'Enter') leave();
          if (event.key === 'Escape') {
            cancel();
            setDraft(null);
          }
        }}
      />
      {empty && (
        <p className={css.wrong} role="alert">
          {say('inspector.nameEmpty')}
        </p>
      )}
    </div>
  );
}
