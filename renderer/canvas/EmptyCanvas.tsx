import { templates } from '../../templates/index.ts';
import { Button } from '../controls/Button.tsx';
import { startFrom } from '../files/opening.ts';
import { useWords } from '../i18n/i18n.ts';
import css from './GraphCanvas.module.css';

/** Where nothing has been drawn yet: no empty grey, but ways to begin. */
export function EmptyCanvas() {
  const { say, pick } = useWords();
  return (
    <>
      <p>{say('canvas.empty')}</p>
      <div className={css.ready}>
        {templates.map(({ id, title, description, document }) => (
          <Button
            key={id}
            label={pick(title)}
            hint={pick(description)}
            look="outlined"
            onClick={() => startFrom(document).catch(console.error)}
          >
            {pick(title)}
          </Button>
        ))}
      </div>
    </>
  );
}
