import { runCommand } from '../../state/commands/commands.ts';
import { NotTrainableFix, NotTrainableReason } from '../../state/run/NotTrainableWords.tsx';
import { useNotTrainable } from '../../state/run/useNotTrainable.ts';
import { useDocument } from '../../state/stores/stores.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { EmptyState } from '../../ui/controls/EmptyState.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { EstimateWords } from './EstimateWords.tsx';

/** Shown before the first run instead of the curves: a Train button, or the reason why the network cannot be trained. */
export function NotTrained() {
  const { say } = useWords();
  const epochs = useDocument((state) => state.root.recipe.epochs);
  const why = useNotTrainable();
  if (why !== null) {
    return (
      <EmptyState action={<NotTrainableFix why={why} />}>
        <NotTrainableReason why={why} />
      </EmptyState>
    );
  }
  const words = say('run.trainFor', { epochs });
  return (
    <EmptyState
      more={<EstimateWords />}
      action={
        <Button icon="play" look="filled" label={words} onClick={() => runCommand('train')}>
          {words}
        </Button>
      }
    >
      {say('run.empty')}
    </EmptyState>
  );
}
