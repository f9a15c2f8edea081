import { Button } from '../../ui/controls/Button.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import css from './Palette.module.css';

/** Example queries that have matches. */
const examples = ['conv', 'pool', 'dense', 'residual', 'norm'];

export function NothingFound({ query, onSearch }: { readonly query: string; onSearch(query: string): void }) {
  const { say } = useWords();
  return (
    <div className={css.none}>
      <p role="status">{say('palette.none', { query: query.trim() })}</p>
      <p>{say('palette.tryThese')}</p>
      <div className={css.recent}>
        {examples.map((word) => (
          <button key={word} type="button" className={css.chip} onClick={() => onSearch(word)}>
            {word}
          </button>
        ))}
      </div>
      <Button label={say('palette.showAll')} look="outlined" onClick={() => onSearch('')}>
        {say('palette.showAll')}
      </Button>
    </div>
  );
}
