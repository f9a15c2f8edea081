import { sourceTitle } from '../../../src/data/sourceTitle.ts';
import type { DataConfig } from '../../../src/graph/document.ts';
import { useDocument } from '../../state/stores/stores.ts';
import rowCss from '../../ui/fields/FieldRow.module.css';
import { useWords } from '../../ui/i18n/i18n.ts';
import { Fields } from './KindForm.tsx';
import { dataFields } from './recipeFields.ts';

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
    </>
  );
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
