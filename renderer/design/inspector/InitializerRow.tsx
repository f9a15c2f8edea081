import { useId } from 'react';
import type { DocumentNode } from '../../../src/graph/document.ts';
import { type WeightInit, weightInitOptions } from '../../../src/layers/initializers.ts';
import { applyInitializer } from '../../../src/plan/applyInitializer.ts';
import { useDocument } from '../../state/stores/stores.ts';
import { Select } from '../../ui/controls/Select.tsx';
import rows from '../../ui/fields/FieldRow.module.css';
import { useWords } from '../../ui/i18n/i18n.ts';
import { Editable } from './Editable.tsx';
import css from './Inspector.module.css';

const NONE = '';

/** Applies an initializer to several layers of any kind; nothing if none of them has one. */
export function InitializerRow({ nodes }: { readonly nodes: readonly DocumentNode[] }) {
  const { say, pick } = useWords();
  const id = useId();
  const blocks = useDocument(({ document }) => document.blocks);
  const [first] = weightInitOptions;
  if (first === undefined || applyInitializer({ blocks }, nodes, first.value).length === 0) return null;
  const apply = (init: WeightInit) => useDocument.getState().edit(applyInitializer({ blocks }, nodes, init));
  return (
    <Editable>
      <div className={css.fields}>
        <div className={rows.row}>
          <span className={rows.label} title={say('inspector.initializerHint')}>
            <label htmlFor={id}>{say('inspector.initializer')}</label>
          </span>
          <Select
            id={id}
            className={rows.select}
            title={say('inspector.initializerHint')}
            value={NONE}
            onChange={({ target }) => target.value !== NONE && apply(target.value as WeightInit)}
          >
            <option value={NONE}>{say('inspector.initializerChoose')}</option>
            {weightInitOptions.map(({ value, label }) => (
              <option key={value} value={value}>
                {pick(label)}
              </option>
            ))}
          </Select>
        </div>
      </div>
    </Editable>
  );
}
