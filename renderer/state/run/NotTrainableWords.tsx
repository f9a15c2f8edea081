import { Button } from '../../ui/controls/Button.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { applyFixToNetwork } from '../stores/applyFix.ts';
import { useDocument, useUi } from '../stores/stores.ts';
import { showPanel } from '../workspaces/workspaceStore.ts';
import type { NotTrainable } from './notTrainable.ts';

/** Reason why the network cannot be trained, instead of a train button. */
export const NotTrainableReason = ({ why }: { readonly why: NotTrainable }) => <>{useWords().tell(why.message)}</>;

/** Button that applies the best fix; without a fix, it shows the problems, or the templates for an empty network. */
export function NotTrainableFix({ why: { fix } }: { readonly why: NotTrainable }) {
  const { say, pick } = useWords();
  const empty = useDocument(({ root }) => root.nodes.length === 0);
  const words = fix !== null ? pick(fix.title) : say(empty ? 'canvas.templates' : 'command.problems');
  function act(): void {
    if (fix !== null) applyFixToNetwork(fix);
    else if (empty) useUi.getState().showStartPage(true);
    else showPanel('problems');
  }
  return (
    <Button look="outlined" label={words} onClick={act}>
      {words}
    </Button>
  );
}
