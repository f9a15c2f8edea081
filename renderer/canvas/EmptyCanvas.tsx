import { Button } from '../controls/Button.tsx';
import { useWords } from '../i18n/i18n.ts';
import { useUi } from '../stores/stores.ts';
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
