import { replaceHead } from '../../state/run/fineTuning.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { Editable } from './Editable.tsx';
import css from './Inspector.module.css';

/** Gives the layers before an output as many outputs as the data has classes, and random weights. */
export function ReplaceHeadRow() {
  const { say } = useWords();
  return (
    <Editable>
      <div className={css.fields}>
        <Button
          look="outlined"
          label={say('fineTuning.replaceHead')}
          hint={say('fineTuning.replaceHeadHint')}
          onClick={replaceHead}
        >
          {say('fineTuning.replaceHead')}
        </Button>
      </div>
    </Editable>
  );
}
