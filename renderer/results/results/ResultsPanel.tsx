import type { OutputResults, Results } from '../../../src/protocol/results.ts';
import { runCommand } from '../../state/commands/commands.ts';
import { useClassNames } from '../../state/data/classNames.ts';
import { NotTrainableFix, NotTrainableReason } from '../../state/run/NotTrainableWords.tsx';
import { useNotTrainable } from '../../state/run/useNotTrainable.ts';
import { useRun } from '../../state/stores/stores.ts';
import { useShown } from '../../state/travel/shownNetwork.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { EmptyState } from '../../ui/controls/EmptyState.tsx';
import { MenuButton } from '../../ui/controls/MenuButton.tsx';
import { Parts } from '../../ui/controls/Parts.tsx';
import { Select } from '../../ui/controls/Select.tsx';
import { Tabs } from '../../ui/controls/Tabs.tsx';
import { type Say, useWords } from '../../ui/i18n/i18n.ts';
import { percent, whole } from '../../ui/i18n/numbers.ts';
import { networkInput } from '../predict/networkInput.ts';
import { CalibrationView } from './CalibrationView.tsx';
import { ClassTable } from './ClassTable.tsx';
import { ConfusionView } from './ConfusionView.tsx';
import { labelsOf } from './labels.ts';
import { MistakesView } from './MistakesView.tsx';
import { NumbersView } from './NumbersView.tsx';
import { PlaneView } from './PlaneView.tsx';
import css from './ResultsPanel.module.css';
import { requestResults, shownOutput, useResults, type View, viewsOf } from './resultsStore.ts';
import { saveConfusion, savePredictions } from './saveResults.ts';
import { TestSet } from './TestSet.tsx';
import { useFreshResults } from './useFreshResults.ts';

/** Metrics on the validation set, and the misclassified samples. */
export function ResultsPanel() {
  useFreshResults();
  const { say, tell } = useWords();
  const results = useResults((state) => state.results);
  const output = useResults(shownOutput);
  const message = useResults((state) => state.message);
  const hasWeights = useRun((state) => state.hasWeights);
  const broken = useShown().check.graph === null;
  if (!hasWeights) return <NothingTrained />;
  if (results === null || output === null) {
    const words = broken ? say('predict.errors') : message === null ? say('results.asking') : tell(message);
    return <EmptyState>{words}</EmptyState>;
  }
  return <Shown results={results} output={output} />;
}

function NothingTrained() {
  const { say } = useWords();
  const why = useNotTrainable();
  return why === null ? (
    <EmptyState
      action={
        <Button label={say('train.train')} icon="play" look="filled" onClick={() => runCommand('train')}>
          {say('train.train')}
        </Button>
      }
    >
      {say('results.nothing')}
    </EmptyState>
  ) : (
    <EmptyState action={<NotTrainableFix why={why} />}>
      <NotTrainableReason why={why} />
    </EmptyState>
  );
}

function Shown({ results, output }: { readonly results: Results; readonly output: OutputResults }) {
  const { say } = useWords();
  const chosen = useResults((state) => state.view);
  const { check } = useShown();
  const network = networkInput(check);
  const views = viewsOf(output, network.kind === 'numbers' && network.count === 2);
  const view = views.includes(chosen) ? chosen : (views[0] as typeof chosen);
  const labels = labelsOf(output, say, useClassNames(output.name));
  return (
    <div className={css.panel}>
      <Tabs
        label={say('results.title')}
        tabs={views.map((id) => ({ id, words: say(viewTitle(id, output)) }))}
        shown={view}
        aside={<Aside results={results} output={output} />}
        onShow={useResults.getState().show}
      >
        {view === 'confusion' && <ConfusionView results={results} output={output} labels={labels} />}
        {view === 'classes' && <ClassTable output={output} labels={labels} />}
        {view === 'mistakes' && <MistakesView results={results} output={output} labels={labels} />}
        {view === 'calibration' && <CalibrationView output={output} />}
        {view === 'numbers' && <NumbersView output={output} />}
        {view === 'plane' && <PlaneView />}
      </Tabs>
      <TestSet results={results} />
    </div>
  );
}

/** Title of a view. Regression outputs have large errors instead of misclassifications. */
const viewTitle = (view: View, { answers }: OutputResults) =>
  view === 'mistakes' && answers === 'numbers' ? 'results.view.farthest' : (`results.view.${view}` as const);

/** Accuracy, number of samples and checkpoint of the results, with the buttons for refresh and export. */
function Aside({ results, output }: { readonly results: Results; readonly output: OutputResults }) {
  const { say } = useWords();
  const asking = useResults((state) => state.asking);
  const { choose } = useResults.getState();
  const count = whole(results.indices.length);
  return (
    <div className={css.aside}>
      {results.outputs.length > 1 && (
        <Select
          className={css.output}
          aria-label={say('results.output')}
          value={results.outputs.indexOf(output)}
          onChange={({ target }) => choose({ output: Number(target.value), cell: null })}
        >
          {results.outputs.map(({ name }, at) => (
            <option key={name} value={at}>
              {name}
            </option>
          ))}
        </Select>
      )}
      {output.accuracy !== null && (
        <span className={css.accuracy} title={`${say('results.of', { count })} · ${madeWords(say, results)}`}>
          {say('results.accuracy')} <b>{percent(output.accuracy)}</b>
        </span>
      )}
      <Parts
        className={results.trained ? css.made : css.untrained}
        words={`${say('results.of', { count })} · ${madeWords(say, results)}`}
        help={say('results.help.samples', { count })}
      />
      <Button label={say('results.refresh')} icon="reset" disabled={asking} onClick={() => void requestResults()} />
      <MenuButton
        label={say('results.export')}
        icon="export"
        entries={() => [
          { label: say('results.exportAnswers'), run: savePredictions },
          ...(output.answers === 'numbers' ? [] : [{ label: say('results.exportConfusion'), run: saveConfusion }]),
        ]}
      />
    </div>
  );
}

/** Checkpoint whose weights gave the results. */
function madeWords(say: Say, { made, trained }: Results): string {
  if (!trained) return say('results.untrained');
  if (made === null) return say('results.madeBefore');
  const { epoch, step } = made;
  return step === null ? say('results.madeBest', { epoch }) : say('results.made', { epoch, step: whole(step) });
}
