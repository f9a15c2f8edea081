import type { ConfigValue } from '../../../src/graph/document.ts';
import type { Recipe } from '../../../src/graph/recipe.ts';
import { choice } from '../../../src/layers/config.ts';
import { replaceHead } from '../../state/run/fineTuning.ts';
import { loadWeights } from '../../state/run/startWeights.ts';
import { useDocument } from '../../state/stores/stores.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { Fold } from '../../ui/controls/Fold.tsx';
import rowCss from '../../ui/fields/FieldRow.module.css';
import { FieldRow } from '../../ui/fields/FieldRow.tsx';
import { textOf, useWords } from '../../ui/i18n/i18n.ts';
import css from './FineTuning.module.css';
import { FreezeRows } from './FreezeRows.tsx';
import { GroupRows } from './GroupRows.tsx';

/** Section of the training settings for networks that are trained already: initial weights, frozen layers, groups. */
export function FineTuningForm() {
  const { say } = useWords();
  const isHead = useDocument(({ root }) => root.nodes.length > 0);
  return (
    <Fold name="fineTuning" look="section" title={say('fineTuning.title')}>
      <div className={rowCss.fields}>
        <StartRow />
        <div className={css.buttons}>
          <Button
            look="outlined"
            label={say('fineTuning.load')}
            hint={say('fineTuning.loadHint')}
            disabled={!isHead}
            onClick={() => void loadWeights()}
          >
            {say('fineTuning.load')}
          </Button>
          <Button
            look="outlined"
            label={say('fineTuning.replaceHead')}
            hint={say('fineTuning.replaceHeadHint')}
            disabled={!isHead}
            onClick={replaceHead}
          >
            {say('fineTuning.replaceHead')}
          </Button>
        </div>
        <FreezeRows />
        <BatchNormRow />
      </div>
      <GroupRows />
    </Fold>
  );
}

const startField = choice<'fresh' | 'held'>({
  label: textOf('fineTuning.start'),
  help: textOf('fineTuning.startHint'),
  default: 'fresh',
  options: [
    { value: 'fresh', label: textOf('fineTuning.start.fresh') },
    { value: 'held', label: textOf('fineTuning.start.held') },
  ],
});

const statisticsField = choice<'running' | 'batch'>({
  label: textOf('fineTuning.batchNorm'),
  help: textOf('fineTuning.batchNormHint'),
  default: 'running',
  options: [
    { value: 'running', label: textOf('fineTuning.batchNorm.running') },
    { value: 'batch', label: textOf('fineTuning.batchNorm.batch') },
  ],
});

function StartRow() {
  const recipe = useDocument(({ root }) => root.recipe);
  const { start, ...rest } = recipe;
  const { commit, cancel, transient } = useDocument.getState();
  const change = (value: ConfigValue): void => {
    const next: Recipe = value === 'held' ? { ...rest, start: 'held' } : rest;
    transient([{ kind: 'setRecipe', recipe: next }]);
  };
  return <FieldRow field={startField} value={start ?? 'fresh'} onChange={change} onCommit={commit} onCancel={cancel} />;
}

/** Statistics of frozen batch normalization, if the network has any. */
function BatchNormRow() {
  const recipe = useDocument(({ root }) => root.recipe);
  const has = useDocument(({ rootCheck }) =>
    rootCheck.graph?.nodes.some(({ node, buffers }) => node.frozen === true && Object.keys(buffers).length > 0),
  );
  const { frozenBatchNorm, ...rest } = recipe;
  const { commit, cancel, transient } = useDocument.getState();
  if (has !== true && frozenBatchNorm === undefined) return null;
  const change = (value: ConfigValue): void => {
    const next: Recipe = value === 'batch' ? { ...rest, frozenBatchNorm: 'batch' } : rest;
    transient([{ kind: 'setRecipe', recipe: next }]);
  };
  return (
    <FieldRow
      field={statisticsField}
      value={frozenBatchNorm ?? 'running'}
      onChange={change}
      onCommit={commit}
      onCancel={cancel}
    />
  );
}
