import { bookEdits, bookSettings, bookText, missingSet } from '../../../src/plan/bookSettings.ts';
import { takeData } from '../../state/data/ownData.ts';
import { useDocument } from '../../state/stores/stores.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { applyBookSettings } from './applyBookSettings.ts';
import css from './BookSettings.module.css';

/** Settings of “Dive into Deep Learning” in one click, for networks that the book trains. */
export function BookSettings() {
  const { say, pick } = useWords();
  const root = useDocument((state) => state.root);
  const settings = bookSettings(root);
  if (settings === null) return null;
  const isInUse = bookEdits(root)?.length === 0;
  const missing = missingSet(settings, root.data);
  return (
    <section className={css.book} aria-label={say('recipe.book')}>
      <p role="status">
        <strong>{say(isInUse ? 'recipe.bookInUse' : 'recipe.book')}</strong>
        {pick(bookText(settings))}
      </p>
      {missing && <p>{say('recipe.bookData', { data: missing.title })}</p>}
      <div className={css.buttons}>
        {!isInUse && (
          <Button
            look="outlined"
            label={say('recipe.useBook')}
            hint={say('recipe.useBookHint')}
            onClick={applyBookSettings}
          >
            {say('recipe.useBook')}
          </Button>
        )}
        {missing && (
          <Button
            look="outlined"
            label={say('data.get', { name: missing.title })}
            onClick={() => void takeData(missing.name)}
          >
            {say('data.get', { name: missing.title })}
          </Button>
        )}
      </div>
    </section>
  );
}
