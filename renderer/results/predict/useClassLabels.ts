import { useClassNames } from '../../state/data/classNames.ts';
import { useWords } from '../../ui/i18n/i18n.ts';

/** Words for the predictions of an output: yes, no, and the names of the classes. */
export function useClassLabels() {
  const { say } = useWords();
  return { yes: say('results.yes'), no: say('results.no'), classes: useClassNames() };
}
