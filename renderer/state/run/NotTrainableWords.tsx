import { Button } from '../../ui/controls/Button.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { applyFixToNetwork } from '../stores/applyFix.ts';
import { showPanel } from '../workspaces/workspaceStore.ts';
import type { NotTrainable } from './notTrainable.ts';

/** Reason why nothing can be trained, in place of a button that would train. */
export const NotTrainableReason = ({ why }: { readonly why: NotTrainable }) => <>{useWords().tell(why.message)}</>;

/** Applies the best fix; without one, shows the problems. */
export function NotTrainableFix({ why: { fix } }: { readonly why: NotTrainable }) {
  const { say, pick } = useWords();
  const words = fix === null ? say('command.problems') : pick(fix.title);
  const act = () => (fix === null ? showPanel('problems') : applyFixToNetwork(fix));
  return (
    <Button look="outlined" label={words} onClick={act}>
      {words}
    </Button>
  );
}
