import type { DocumentNode } from '../../../src/graph/document.ts';
import type { Field } from '../../../src/layers/config.ts';
import { isSetOutside } from '../../../src/plan/level.ts';
import { useDocument } from '../../state/stores/stores.ts';
import { Fold } from '../../ui/controls/Fold.tsx';
import { FieldRow } from '../../ui/fields/FieldRow.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { ProblemBox } from '../problems/ProblemBox.tsx';
import { useDrawing, useEditing } from './drawing.ts';
import { Editable } from './Editable.tsx';
import { EffectProblems } from './EffectView.tsx';
import { useEffects } from './effectStore.ts';
import css from './Inspector.module.css';
import { differs, resetAll, setAll, sharedFields, sharedValue } from './sharedFields.ts';

/** A config change is compared with the state before its gesture. */
const { begin, settle, clear } = useEffects.getState();
const commit = () => {
  useDocument.getState().commit();
  settle();
};
const cancel = () => {
  useDocument.getState().cancel();
  clear();
};

/**
 * Fields of one layer, or the common fields of several, from their config schemas: no layer has a special case here.
 */
export function ConfigFields({ nodes }: { readonly nodes: readonly DocumentNode[] }) {
  const { say } = useWords();
  const { edit } = useEditing();
  const blocks = useDrawing(({ document }) => document.blocks);
  const looking = useDrawing(({ levels }) => levels.at(-1)?.block === null);
  const check = useDrawing((drawing) => drawing.check);
  const fields = sharedFields({ blocks }, nodes);
  const plain = fields.filter(([, field]) => !field.advanced);
  const advanced = fields.filter(([, field]) => field.advanced);
  const row = ([key, field]: readonly [string, Field]) => (
    <ConfigRow key={key} nodes={nodes} name={key} field={field} />
  );
  const changed = fields.map(([key]) => key).filter((key) => differs({ blocks }, nodes, key));
  return (
    <>
      {plain.length > 0 && (
        <Editable>
          <div className={css.fields}>{plain.map(row)}</div>
        </Editable>
      )}
      {advanced.length > 0 && (
        <Fold name="more" look="more" title={say('inspector.more')}>
          <Editable>
            <div className={css.fields}>{advanced.map(row)}</div>
          </Editable>
        </Fold>
      )}
      {changed.length > 1 && !looking && (
        <button
          type="button"
          className={css.textButton}
          onClick={() => {
            begin('', check);
            edit(resetAll({ blocks }, nodes, changed));
            settle();
          }}
        >
          {say('inspector.resetAll', { count: changed.length })}
        </button>
      )}
    </>
  );
}

interface RowProps {
  readonly nodes: readonly DocumentNode[];
  readonly name: string;
  readonly field: Field;
}

function ConfigRow({ nodes, name, field }: RowProps) {
  const check = useDrawing(({ check }) => check);
  const blocks = useDrawing(({ document }) => document.blocks);
  const level = useDrawing(({ levels }) => levels.at(-1));
  const { say } = useWords();
  const { edit, transient } = useEditing();
  const outside = level !== undefined && nodes.some(({ id }) => isSetOutside(level, id, name));
  const wrong = nodes.flatMap(
    ({ id }) => check.nodes.get(id)?.diagnostics.filter(({ port }) => port === `config.${name}`) ?? [],
  );
  const row = (
    <FieldRow
      field={field}
      value={sharedValue({ blocks }, nodes, name)}
      changed={differs({ blocks }, nodes, name)}
      onChange={(value) => {
        begin(name, check);
        transient(setAll(nodes, name, value));
      }}
      onCommit={commit}
      onCancel={cancel}
      onReset={() => {
        begin(name, check);
        edit(resetAll({ blocks }, nodes, [name]));
        settle();
      }}
    >
      <ProblemBox diagnostics={wrong} />
      <EffectProblems nodes={nodes} field={name} />
      {outside && <p className={css.outside}>{say('level.setOutside')}</p>}
    </FieldRow>
  );
  return outside ? (
    <fieldset className={css.form} disabled>
      {row}
    </fieldset>
  ) : (
    row
  );
}
