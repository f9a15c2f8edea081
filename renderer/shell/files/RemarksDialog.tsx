import { useUi } from '../../state/stores/stores.ts';
import { Dialog } from '../../ui/controls/Dialog.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import css from './RemarksDialog.module.css';

/** List of the parts of a file that could not be read. It stays until the user closes it or opens another file. */
export function RemarksDialog() {
  const { say, pick } = useWords();
  const shown = useUi((state) => state.remarks);
  const { showRemarks } = useUi.getState();
  return (
    <Dialog title={say('remarks.title')} open={shown !== null} onClose={() => showRemarks(null)}>
      {shown && (
        <div className={css.body}>
          <p>{say('remarks.copy', { name: shown.name })}</p>
          <ul className={css.list}>
            {shown.remarks.map((remark) => (
              <li key={remark.en}>{pick(remark)}</li>
            ))}
          </ul>
        </div>
      )}
    </Dialog>
  );
}
