import { useState } from 'react';
import { oneLine } from '../../../src/graph/document.ts';
import type { Exposable, ExposableGroup } from '../../../src/plan/exposable.ts';
import { useWords } from '../../ui/i18n/i18n.ts';
import { LayerIcon } from '../../ui/icons/LayerIcon.tsx';
import css from './BlockDialog.module.css';
import type { TickedField } from './blockForm.ts';
import { FieldValue } from './FieldValue.tsx';

interface Props {
  readonly groups: readonly ExposableGroup[];
  readonly ticked: ReadonlyMap<string, TickedField>;
  /** `label` is the name of the field on the block; null hides the field. */
  onTick(field: Exposable, label: string | null): void;
}

/** Checkboxes for the config of the nodes inside: first the fields that several nodes share, then those of each node. */
export function FieldChoices({ groups, ticked, onTick }: Props) {
  const { say } = useWords();
  const [all, setAll] = useState(false);
  const isShown = (field: Exposable): boolean => all || field.usual || ticked.has(field.id) || !field.field.advanced;
  const shown = groups
    .map(({ node, fields }) => ({ node, fields: fields.filter(isShown) }))
    .filter(({ fields }) => fields.length > 0);
  const hidden = groups.some(({ fields }) => fields.some((field) => !isShown(field)));
  return (
    <fieldset className={css.choices}>
      <legend>{say('block.fields')}</legend>
      <p className={css.hint}>{say(groups.length === 0 ? 'block.noFields' : 'block.fieldsHint')}</p>
      {shown.map(({ node, fields }) => {
        const [first] = fields as [Exposable];
        const { category, type } = first.layer;
        return (
          <section key={node?.id ?? ''} className={css.group}>
            <h3 className={css.groupName}>
              {node === null ? (
                <>
                  {say('block.common')}
                  <span className={css.kind}>{say('block.commonHint')}</span>
                </>
              ) : (
                <>
                  <span className={css.icon} style={{ color: `var(--category-${category})` }}>
                    <LayerIcon layer={type} category={category} />
                  </span>
                  {node.name}
                </>
              )}
            </h3>
            {fields.map((field) => (
              <FieldChoice key={field.id} field={field} given={ticked.get(field.id)} onTick={onTick} />
            ))}
          </section>
        );
      })}
      {hidden && (
        <button type="button" className={css.more} onClick={() => setAll(true)}>
          {say('block.more')}
        </button>
      )}
    </fieldset>
  );
}

interface ChoiceProps extends Pick<Props, 'onTick'> {
  readonly field: Exposable;
  readonly given: TickedField | undefined;
}

function FieldChoice({ field, given, onTick }: ChoiceProps) {
  const { say, pick } = useWords();
  const words = pick(field.label);
  const names = field.nodes.map(({ name }) => name).join(', ');
  const several = field.nodes.length > 1;
  return (
    <div className={css.choice}>
      <label className={css.check}>
        <input
          type="checkbox"
          checked={given !== undefined}
          onChange={(event) => onTick(field, event.target.checked ? words : null)}
        />
        <span className={css.field}>
          {words}
          {several && <span className={css.kind}>{names}</span>}
        </span>
        <span className={css.value}>
          <FieldValue {...field} />
        </span>
      </label>
      {given !== undefined && (
        <input
          className={css.label}
          aria-label={say('block.label', { field: `${several ? names : (field.nodes[0]?.name ?? '')} ${words}` })}
          value={given.label}
          placeholder={words}
          onChange={(event) => onTick(field, oneLine(event.target.value))}
        />
      )}
    </div>
  );
}
