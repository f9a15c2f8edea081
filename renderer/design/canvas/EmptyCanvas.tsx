import { useUi } from '../../state/stores/stores.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { EmptyState } from '../../ui/controls/EmptyState.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';

/** Hint on an empty canvas, with ways to begin. */
export function EmptyCanvas() {
  const { say } = useWords();
  const { showStartPage } = useUi.getState();
  return (
    <EmptyState
      action={
        <Button label={say('canvas.templates')} look="outlined" onClick={() => showStartPage(true)}>
          {say('canvas.templates')}
        </Button>
      }
    >
      {say('canvas.empty')}
    </EmptyState>
  );
}
