import { Button } from '../../ui/controls/Button.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import css from './ExportDialog.module.css';
import { cancelExport } from './exportNetwork.ts';
import { useExport } from './exportStore.ts';

/** Progress of an export, then its result or the reason that it failed. */
export function ExportOutcome() {
  const { say, tell } = useWords();
  const { outcome } = useExport();
  switch (outcome.state) {
    case 'none':
      return null;
    case 'busy':
      return (
        <div className={css.busy}>
          <div role="status">
            {say(outcome.part === null ? 'export.busy' : `export.part.${outcome.part}`)}
            <div className={css.bar} aria-hidden="true" />
          </div>
          <Button look="outlined" label={say('export.cancel')} onClick={cancelExport}>
            {say('export.cancel')}
          </Button>
        </div>
      );
    case 'canceled':
      return (
        <p role="status" className={css.note}>
          {tell(outcome.message)}
        </p>
      );
    case 'failed':
      return (
        <p role="alert" className={css.failed}>
          {tell(outcome.message)}
        </p>
      );
    case 'done':
      return (
        <div role="status" className={css.done}>
          <strong>{tell(outcome.message)}</strong>
          <ul>
            {outcome.lines.map((line) => (
              <li key={tell(line)}>{tell(line)}</li>
            ))}
          </ul>
        </div>
      );
    default:
      return outcome satisfies never;
  }
}
