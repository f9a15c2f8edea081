import { useUi } from '../../state/stores/stores.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import css from './GraphCanvas.module.css';

/** Where nothing has been drawn yet: no empty grey, but ways to begin. */
export function EmptyCanvas() {
  const { say } = useWords();
  const { showStartPage } = useUi.getState();
  return (
    <>
      <p>{say('canvas.empty')}</p>
      <div className={css.ready}>
        <Button label={say('canvas.templates')} look="outlined" onClick={() => showStartPage(true)}>
          {say('canvas.templates')}
        </Button>
      </div>
    </>
  );
}
