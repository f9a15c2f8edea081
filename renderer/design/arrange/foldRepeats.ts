import { foldedText, foldRepeats as planFold } from '../../../src/plan/foldRepeats.ts';
import { useDocument, useUi } from '../../state/stores/stores.ts';
import { textWith } from '../../ui/i18n/i18n.ts';
import { tidy } from './tidy.ts';

/** Groups repeated structure into blocks and lays the network out, in one undo step, and reports the blocks found. */
export async function foldRepeats(): Promise<void> {
  const { language, notify } = useUi.getState();
  useDocument.getState().commit();
  const { document, check } = useDocument.getState();
  const { edits, folded } = planFold(document, check, language);
  if (edits.length === 0) {
    notify({ tone: 'info', about: 'blocks', message: { key: 'arrange.nothingFolded' } });
  } else if (await tidy({ everything: false, after: edits })) {
    notify({ tone: 'good', about: 'blocks', message: textWith('arrange.folded', { blocks: foldedText(folded) }) });
  }
}
