import { useUi } from '../../state/stores/stores.ts';
import { Dialog } from '../../ui/controls/Dialog.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import css from './RemarksDialog.module.css';
import { SizesForm } from './SizesForm.tsx';

/** Remarks on the opened file: parts that could not be read, or the import of a model. The list stays until the user closes it or opens another file. */
export function RemarksDialog() {
  const { say, pick } = useWords();
  const shown = useUi((state) => state.remarks);
  const { showRemarks } = useUi.getState();
  const about = shown?.about ?? 'damage';
  return (
    <Dialog title={say(`opened.title.${about}`)} open={shown !== null} onClose={() => showRemarks(null)}>
      {shown && (
        <div className={css.body}>
          <p>{say(`opened.copy.${about}`, { name: shown.name })}</p>
          <ul className={css.list}>
            {shown.remarks.map((remark) => (
              <li key={remark.en}>{pick(remark)}</li>
            ))}
          </ul>
          {shown.sizes.length > 0 && <SizesForm sizes={shown.sizes} isImported={about === 'import'} />}
        </div>
      )}
    </Dialog>
  );
}
