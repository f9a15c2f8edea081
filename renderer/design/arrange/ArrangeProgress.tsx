import { Button } from '../../ui/controls/Button.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import css from './ArrangeProgress.module.css';
import { useArrange } from './arrangeStore.ts';

/** Progress of a layout over the canvas, for large networks. */
export function ArrangeProgress() {
  const { say } = useWords();
  const busy = useArrange((state) => state.busy);
  if (busy === null) return null;
  return (
    <div className={css.progress} role="status">
      <span className={css.turning} aria-hidden="true" />
      {say('arrange.busy', { count: busy.count })}
      <Button look="outlined" label={say('arrange.cancel')} onClick={busy.cancel}>
        {say('arrange.cancel')}
      </Button>
    </div>
  );
}
