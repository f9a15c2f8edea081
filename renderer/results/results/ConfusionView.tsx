import type { OutputResults, Results } from '../../../src/protocol/results.ts';
import { SampleGrid } from '../../state/samples/SampleGrid.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { percent } from '../../ui/i18n/numbers.ts';
import { ConfusionList } from './ConfusionList.tsx';
import { ConfusionMatrix } from './ConfusionMatrix.tsx';
import { confusionsOf, predictionsIn } from './evaluation.ts';
import { openSample } from './openSample.ts';
import css from './ResultsPanel.module.css';
import { useResults } from './resultsStore.ts';
import { Switch } from './Switch.tsx';

/** Max number of classes shown as a matrix. */
const MOST_CLASSES = 32;

interface Props {
  readonly results: Results;
  readonly output: OutputResults;
  readonly labels: readonly string[];
}

/** Confusion matrix or list, with the samples of the selected cell. */
export function ConfusionView({ results, output, labels }: Props) {
  const { say } = useWords();
  const shares = useResults((state) => state.shares);
  const chosen = useResults((state) => state.cell);
  const { choose } = useResults.getState();
  const cell = chosen ?? confusionsOf(output)[0] ?? { truth: 0, predicted: 0 };
  const answers = predictionsIn(output, cell);
  const [truth, predicted] = [labels[cell.truth] ?? '', labels[cell.predicted] ?? ''];
  const label = say(cell.truth === cell.predicted ? 'results.cellRight' : 'results.cellWrong', {
    truth,
    predicted,
    count: answers.length,
  });
  const Matrix = labels.length > MOST_CLASSES ? ConfusionList : ConfusionMatrix;
  return (
    <div className={css.split}>
      <div className={css.parts}>
        <div className={css.side}>
          <Switch
            label={say('results.cells')}
            options={[
              { id: 'counts', words: say('results.counts') },
              { id: 'shares', words: say('results.shares') },
            ]}
            shown={shares ? 'shares' : 'counts'}
            onShow={(id) => choose({ shares: id === 'shares' })}
          />
          <Matrix
            output={output}
            labels={labels}
            shares={shares}
            chosen={cell}
            onChoose={(next) => choose({ cell: next })}
          />
        </div>
        <div className={css.main}>
          <div className={css.line}>
            <h3>{label}</h3>
          </div>
          {answers.length === 0 ? (
            <p className={css.note}>{say('results.emptyCell')}</p>
          ) : (
            <SampleGrid
              key={`${cell.truth} ${cell.predicted}`}
              label={label}
              count={answers.length}
              caption={(at) => {
                const answer = answers[at] as number;
                const sure = percent(output.probability[answer] as number);
                const index = results.indices[Math.floor(answer / output.width)] as number;
                const title = say('results.sample', { index, truth, predicted, sure });
                return { index, words: sure, more: `#${index}`, title };
              }}
              onChoose={openSample}
            />
          )}
        </div>
      </div>
    </div>
  );
}
