import { Button } from '../../ui/controls/Button.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { applyFixToNetwork } from '../stores/applyFix.ts';
import { useDocument, useUi } from '../stores/stores.ts';
import { showPanel } from '../workspaces/workspaceStore.ts';
import type { NotTrainable } from './notTrainable.ts';

/** Reason why nothing can be trained, in place of a button that would train. */
export const NotTrainableReason = ({ why }: { readonly why: NotTrainable }) => <>{useWords().tell(why.message)}</>;

/** Applies the best fix; without one, shows the problems, or the templates where there is no network yet. */
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
