import { useNewest } from '../../state/desktop/newestWins.ts';
import { useUi } from '../../state/stores/stores.ts';
import { Dialog } from '../../ui/controls/Dialog.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import css from './LicensesDialog.module.css';

/** The licenses of Netloom and of everything that ships with it. */
export function LicensesDialog() {
  const { say } = useWords();
  const open = useUi((state) => state.surface === 'licenses');
  return (
    <Dialog title={say('licenses.title')} open={open} onClose={() => useUi.getState().showSurface(null)}>
      <Licenses />
    </Dialog>
  );
}

function Licenses() {
  const { say } = useWords();
  const text = useNewest<string | null>(null, () => fetch('licences.txt').then((file) => file.text()), []);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolling by keyboard needs the focus
    <section className={css.scroll} tabIndex={0} aria-label={say('licenses.title')}>
      <pre className={css.text}>{text}</pre>
    </section>
  );
}
