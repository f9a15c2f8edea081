import { useId, useState } from 'react';
import { useDocument } from '../../state/stores/stores.ts';
import rows from '../../ui/fields/FieldRow.module.css';
import css from './Inspector.module.css';

interface Props {
  readonly label: string;
  readonly value: string;
  readonly placeholder?: string;
  /** Number of visible lines of a multi-line text. */
  readonly lines?: number;
  /** Error of a text, which is then not applied. */
  wrong?(text: string): string | null;
  /** Called while the user types, within one gesture. */
  onChange(text: string): void;
}

/** A text field: everything typed before leaving it is one undo step, Escape restores the old text. */
export function WrittenText({ label, value, placeholder, lines, wrong, onChange }: Props) {
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const complaint = draft === null ? null : (wrong?.(draft) ?? null);
  const { commit, cancel } = useDocument.getState();
  const leave = () => {
    commit();
    setDraft(null);
  };
  const field = {
    id,
    value: draft ?? value,
    placeholder,
    'aria-invalid': complaint !== null,
    onChange: ({ target }: { readonly target: { readonly value: string } }) => {
      setDraft(target.value);
      if ((wrong?.(target.value) ?? null) === null) onChange(target.value);
    },
    onBlur: leave,
    onKeyDown: (event: React.KeyboardEvent) => {
      if (event.key === 'Enter' && lines === undefined) leave();
      if (event.key !== 'Escape') return;
      cancel();
      setDraft(null);
    },
  };
  return (
    <div className={lines === undefined ? rows.row : css.written}>
      <span className={rows.label}>
        <label htmlFor={id}>{label}</label>
      </span>
      {lines === undefined ? (
        <input className={rows.text} {...field} />
      ) : (
        <textarea className={css.textarea} rows={lines} {...field} />
      )}
      {complaint !== null && (
        <p className={rows.wrong} role="alert">
          {complaint}
        </p>
      )}
    </div>
  );
}
