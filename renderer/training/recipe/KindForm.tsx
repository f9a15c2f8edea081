import type { ReactNode } from 'react';
import type { ConfigValue } from '../../../src/graph/document.ts';
import type { Field } from '../../../src/layers/config.ts';
import { useDocument } from '../../state/stores/stores.ts';
import { Fold } from '../../ui/controls/Fold.tsx';
import rowCss from '../../ui/fields/FieldRow.module.css';
import { FieldRow } from '../../ui/fields/FieldRow.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import type { Kinds } from './recipeFields.ts';

interface FieldsProps<T> {
  readonly fields: readonly (readonly [string, Field])[];
  readonly of: T;
  /** Notes below the fields, by field key. */
  readonly notes?: Readonly<Record<string, ReactNode>>;
  readonly change: (value: T) => void;
}

/** Rows of a form. */
export function Fields<T extends object>({ fields, of, notes = {}, change }: FieldsProps<T>) {
  const { commit, cancel } = useDocument.getState();
  return fields.map(([key, field]) => (
    <FieldRow
      key={key}
      field={field}
      value={(of[key as keyof T] as ConfigValue | undefined) ?? field.default}
      onChange={(value) => change({ ...of, [key]: value })}
      onCommit={commit}
      onCancel={cancel}
    >
      {notes[key]}
    </FieldRow>
  ));
}

interface KindProps<T extends { readonly kind: string }> {
  readonly kinds: Kinds<T>;
  readonly of: T;
  change(value: T): void;
  /** Keys of the fields that do not apply at present. */
  readonly hidden?: readonly string[];
  /** Content below the fields. */
  readonly children?: ReactNode;
}

/** Select for the kind, with the form of the selected kind. */
export function KindForm<T extends { readonly kind: string }>({
  kinds,
  of,
  change,
  hidden = [],
  children,
}: KindProps<T>) {
  const { say } = useWords();
  const { commit, cancel } = useDocument.getState();
  const kind = of.kind as T['kind'];
  const fields = Object.entries(kinds.fields[kind]).filter(([key]) => !hidden.includes(key));
  const advanced = fields.filter(([, field]) => field.advanced);
  return (
    <div className={rowCss.fields}>
      <FieldRow
        field={kinds.choice}
        value={kind}
        onChange={(next) => change(kinds.start[next as T['kind']])}
        onCommit={commit}
        onCancel={cancel}
      />
      <Fields fields={fields.filter(([, field]) => !field.advanced)} of={of} change={change} />
      {advanced.length > 0 && (
        <Fold name={`more.${kind}`} look="more" title={say('inspector.more')}>
          <div className={rowCss.fields}>
            <Fields fields={advanced} of={of} change={change} />
          </div>
        </Fold>
      )}
      {children}
    </div>
  );
}
