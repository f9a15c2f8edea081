import { useMemo } from 'react';
import { int } from '../../../src/layers/config.ts';
import { freezable, freezeUpTo, frozenDepth } from '../../../src/plan/freezing.ts';
import { freezeAllButHead, unfreezeAllLayers } from '../../state/run/fineTuning.ts';
import { useDocument } from '../../state/stores/stores.ts';
import { Button } from '../../ui/controls/Button.tsx';
import rowCss from '../../ui/fields/FieldRow.module.css';
import { FieldSlider } from '../../ui/fields/FieldSlider.tsx';
import { textOf, useWords } from '../../ui/i18n/i18n.ts';
import css from './FineTuning.module.css';

/** Slider along the depth of the network, and buttons that freeze and unfreeze. */
export function FreezeRows() {
  const { say } = useWords();
  const root = useDocument((state) => state.root);
  const check = useDocument((state) => state.rootCheck);
  const nodes = useMemo(() => freezable(root, check), [root, check]);
  const depth = frozenDepth(nodes);
  const count = nodes.filter(({ frozen }) => frozen === true).length;
  const counts = { count, all: nodes.length };
  const { transientRoot, commit, cancel } = useDocument.getState();
  const words =
    count === 0
      ? say('fineTuning.frozenNone')
      : depth === null
        ? say('fineTuning.frozenMixed', counts)
        : say('fineTuning.frozenSome', { name: nodes[depth - 1]?.name ?? '', ...counts });
  if (nodes.length === 0) return null;
  const field = int({ label: textOf('fineTuning.frozenUpTo'), default: 0, min: 0, max: nodes.length });
  return (
    <>
      <div className={rowCss.row}>
        <span className={rowCss.label} title={say('fineTuning.frozenUpToHint')}>
          {say('fineTuning.frozenUpTo')}
        </span>
        <div>
          <FieldSlider
            field={field}
            value={depth ?? 0}
            slider={{ min: 0, max: nodes.length, step: 1 }}
            onChange={(value) => transientRoot(freezeUpTo(nodes, value as number))}
            onCommit={commit}
            onCancel={cancel}
          />
          <span className={css.words} role="status">
            {words}
          </span>
        </div>
      </div>
      <div className={css.buttons}>
        <Button look="outlined" label={say('fineTuning.freezeBody')} onClick={freezeAllButHead}>
          {say('fineTuning.freezeBody')}
        </Button>
        <Button
          look="outlined"
          label={say('fineTuning.unfreezeAll')}
          disabled={count === 0}
          onClick={unfreezeAllLayers}
        >
          {say('fineTuning.unfreezeAll')}
        </Button>
      </div>
    </>
  );
}
