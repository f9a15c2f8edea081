import type { OutputResults, Results } from '../../../src/protocol/results.ts';
import { type Caption, SampleGrid } from '../../state/samples/SampleGrid.tsx';
import { figure } from '../../ui/i18n/figure.ts';
import { useWords } from '../../ui/i18n/i18n.ts';
import { percent, whole } from '../../ui/i18n/numbers.ts';
import { mistakesOf } from './evaluation.ts';
import { openSample } from './openSample.ts';
import css from './ResultsPanel.module.css';
import { useResults } from './resultsStore.ts';
import { Switch } from './Switch.tsx';

interface Props {
  readonly results: Results;
  readonly output: OutputResults;
  readonly labels: readonly string[];
}

/** Misclassified samples, the worst first. */
export function MistakesView({ results, output, labels }: Props) {
  const { say } = useWords();
  const order = useResults((state) => state.order);
  const { choose } = useResults.getState();
  const numbers = output.answers === 'numbers';
  const mistakes = mistakesOf(output, order);
  const label = say(numbers ? 'results.farthest' : 'results.mistakes', { count: whole(mistakes.length) });

  function caption(at: number): Caption {
    const answer = mistakes[at] as number;
    const index = results.indices[Math.floor(answer / output.width)] as number;
    const name = (value: number): string => (numbers ? figure(value) : (labels[value] ?? `${value}`));
    const truth = name(output.truth[answer] as number);
    const predicted = name(output.predicted[answer] as number);
    const words = `${truth} → ${predicted}`;
    if (numbers) {
      const off = figure(Math.sqrt(output.loss[answer] as number));
      return { index, words, more: `±${off}`, title: say('results.numberSample', { index, truth, predicted, off }) };
    }
    const sure = percent(output.probability[answer] as number);
    const loss = figure(output.loss[answer] as number);
    const title = say('results.mistake', { index, truth, predicted, sure, loss });
    return { index, words, more: order === 'loss' ? say('results.lossOf', { loss }) : sure, title };
  }

  return (
    <div className={css.whole}>
      <div className={css.line}>
        <h3>{label}</h3>
        {!numbers && (
          <Switch
            label={say('results.order')}
            options={[
              { id: 'loss', words: say('results.order.loss') },
              { id: 'certain', words: say('results.order.certain') },
            ]}
            shown={order}
            onShow={(id) => choose({ order: id })}
          />
        )}
        <span className={css.hint}>{say(numbers ? 'results.help.farthest' : `results.help.${order}`)}</span>
      </div>
      {mistakes.length === 0 ? (
        <p className={css.note}>{say('results.noMistakes')}</p>
      ) : (
        <SampleGrid key={order} label={label} count={mistakes.length} caption={caption} onChoose={openSample} />
      )}
    </div>
  );
}
