import { useEffect } from 'react';
import { phaseTexts } from '../../../src/protocol/importText.ts';
import { cancelImport, useImporting } from '../../state/files/importing.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { clock } from '../../ui/i18n/numbers.ts';
import css from './ImportProgress.module.css';

/** True in a part of the window that uses Escape itself. */
const isTaken = ({ target }: KeyboardEvent): boolean =>
  target instanceof Element && target.closest('[role=dialog], [role=menu], [role=listbox], input, textarea') !== null;

/** The import of a model that is under way. The window stays usable; Escape cancels the import. */
export function ImportProgress() {
  const { say, pick } = useWords();
  const progress = useImporting((state) => state.progress);
  const isShown = progress !== null;

  useEffect(() => {
    if (!isShown) return;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented || isTaken(event)) return;
      // Escape closes nothing else then.
      event.preventDefault();
      event.stopPropagation();
      cancelImport();
    };
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  }, [isShown]);

  if (progress === null) return null;
  const { name, phase, seconds } = progress;
  const title = say('file.importing', { name });
  return (
    <section className={css.importing} aria-label={title}>
      <p className={css.title}>{title}</p>
      <progress aria-label={title} />
      <p className={css.phase} role="status">
        {pick(phaseTexts[phase])}…
      </p>
      <span className={css.time}>{clock(Math.floor(seconds))}</span>
      <Button label={say('file.cancelImport')} hint="Esc" look="outlined" onClick={cancelImport}>
        {say('file.cancelImport')}
      </Button>
    </section>
  );
}
