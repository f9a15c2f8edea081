import { sourceTitle } from '../../../src/data/sourceTitle.ts';
import type { DataConfig } from '../../../src/graph/document.ts';
import { useDocument } from '../../state/stores/stores.ts';
import rowCss from '../../ui/fields/FieldRow.module.css';
import { useWords } from '../../ui/i18n/i18n.ts';
import { Fields, KindForm } from './KindForm.tsx';
import { dataFields, type Mixing, mixings } from './recipeFields.ts';

/** Form for the dataset of the network and its split. */
export function DataForm() {
  const { say, pick } = useWords();
  const { source } = useDocument(({ root }) => root.data);
  return (
    <>
      <div className={rowCss.fields}>
        <div className={rowCss.row}>
          <span className={rowCss.label}>{say('data.source')}</span>
          <span className={rowCss.fixed} title={source}>
            {pick(sourceTitle(source))}
          </span>
        </div>
      </div>
      <SplitForm />
      <MixingForm />
    </>
  );
}

/** Sets the mixing of training batches. None is the default, so the field is omitted for it. */
function withMixing({ mixing: _, ...data }: DataConfig, mixing: Mixing): DataConfig {
  if (mixing.kind === 'none') return data;
  const { kind: type, alpha } = mixing;
  return { ...data, mixing: { type, alpha } };
}

/** Mixing of the samples of a training batch. */
function MixingForm() {
  const data = useDocument(({ root }) => root.data);
  const { mixing } = data;
  const of: Mixing = mixing === undefined ? mixings.start.none : { kind: mixing.type, alpha: mixing.alpha };
  const change = (next: Mixing) =>
    useDocument.getState().transient([{ kind: 'setData', data: withMixing(data, next) }]);
  return <KindForm kinds={mixings} of={of} change={change} />;
}

/** Fraction and seed of the samples held out for validation. */
function SplitForm() {
  const data = useDocument(({ root }) => root.data);
  // Folds leave no fraction to choose.
  const fields = Object.entries(dataFields).filter(([key]) => key !== 'validation' || data.split?.kind !== 'folds');
  const change = (next: DataConfig) => useDocument.getState().transient([{ kind: 'setData', data: next }]);
  return (
    <div className={rowCss.fields}>
      <Fields fields={fields} of={data} change={change} />
    </div>
  );
}
