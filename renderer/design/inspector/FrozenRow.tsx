import { useId } from 'react';
import type { DocumentNode } from '../../../src/graph/document.ts';
import rows from '../../ui/fields/FieldRow.module.css';
import { Switch } from '../../ui/fields/Switch.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { useEditing } from './drawing.ts';
import css from './Inspector.module.css';

/** Freezes the layers: their weights are not trained. */
export function FrozenRow({ nodes }: { readonly nodes: readonly DocumentNode[] }) {
  const { say } = useWords();
  const id = useId();
  const { edit } = useEditing();
  const states = new Set(nodes.map(({ frozen = false }) => frozen));
  return (
    <div className={css.fields}>
      <div className={rows.row}>
        <span className={rows.label} title={say('inspector.frozenHint')}>
          <label htmlFor={id}>{say('inspector.frozen')}</label>
        </span>
        <Switch
          id={id}
          describedBy={`${id}-help`}
          value={states.size === 1 ? states.has(true) : undefined}
          onChange={(frozen) => edit(nodes.map((node) => ({ kind: 'setFrozen', node: node.id, frozen })))}
        />
        <span id={`${id}-help`} hidden>
          {say('inspector.frozenHint')}
        </span>
      </div>
    </div>
  );
}
