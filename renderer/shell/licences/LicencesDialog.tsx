import { useNewest } from '../../state/desktop/newestWins.ts';
import { useUi } from '../../state/stores/stores.ts';
import { Dialog } from '../../ui/controls/Dialog.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import css from './LicencesDialog.module.css';

/** The licenses of Netloom and of everything that ships with it. */
export function LicencesDialog() {
  const { say } = useWords();
  const open = useUi((state) => state.surface === 'licences');
  return (
    <Dialog title={say('licences.title')} open={open} onClose={() => useUi.getState().showSurface(null)}>
      <Licences />
    </Dialog>
  );
}

function Licences() {
  const { say } = useWords();
  const text = useNewest<string | null>(null, () => fetch('licences.txt').then((file) => file.text()), []);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolling by keyboard needs the focus
    <section className={css.scroll} tabIndex={0} aria-label={say('licences.title')}>
      <pre className={css.text}>{text}</pre>
    </section>
  );
}
