import type { ConfigValue, TransformStep } from '../../../src/graph/document.ts';
import { applies, type Field } from '../../../src/layers/config.ts';
import { withValues } from '../../../src/transforms/arranging.ts';
import type { Transform } from '../../../src/transforms/transform.ts';
import { useDocument } from '../../state/stores/stores.ts';
import { Fold } from '../../ui/controls/Fold.tsx';
import rowCss from '../../ui/fields/FieldRow.module.css';
import { FieldRow } from '../../ui/fields/FieldRow.tsx';
import { FormulaLines } from '../../ui/formula/FormulaLines.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { moveTransforms, useTransforms } from './editTransforms.ts';
import { NormalizeValues } from './NormalizeValues.tsx';
import css from './TransformCard.module.css';

interface Props {
  readonly transform: Transform;
  readonly place: number;
  /** Channels of the images that it gets. */
  readonly channels: number;
}

/** Settings of a transform, its meaning, formula and name in torchvision. */
export function TransformForm({ transform, place, channels }: Props) {
  const { say, pick } = useWords();
  const list = useTransforms();
  const { type, doc, formula, torchvision, params } = transform;
  const { commit, cancel } = useDocument.getState();
  const step = list[place] as TransformStep;
  const shown = Object.entries(params).filter(([, field]) => applies(field, step));
  const row = ([key, field]: readonly [string, Field]) => (
    <FieldRow
      key={key}
      field={field}
      value={fieldValue(field, step[key])}
      onChange={(value) => moveTransforms(withValues(list, place, { [key]: value }))}
      onCommit={commit}
      onCancel={cancel}
    />
  );
  const advanced = shown.filter(([, field]) => field.advanced);
  return (
    <div className={css.form}>
      <p>{pick(doc)}</p>
      <div className={rowCss.fields}>{shown.filter(([, field]) => !field.advanced).map(row)}</div>
      {advanced.length > 0 && (
        <Fold name={`more.${type}`} look="more" title={say('inspector.more')}>
          <div className={rowCss.fields}>{advanced.map(row)}</div>
        </Fold>
      )}
      {type === 'Normalize' && <NormalizeValues place={place} channels={channels} />}
      <FormulaLines formula={{ tex: [formula] }} />
      <code className={css.torchvision}>{torchvision === '' ? say('transforms.noTorchvision') : torchvision}</code>
    </div>
  );
}

/** The value as the field has it: torchvision takes one number where a list is meant. */
const fieldValue = (field: Field, value: unknown): ConfigValue =>
  value === undefined
    ? field.default
    : field.kind === 'numbers' && typeof value === 'number'
      ? [value]
      : (value as ConfigValue);
