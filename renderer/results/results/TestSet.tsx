import { factsOf, splitCounts } from '../../../src/data/known.ts';
import type { OutputEvaluation, Results } from '../../../src/protocol/results.ts';
import { useShown } from '../../state/travel/shownNetwork.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { figure } from '../../ui/i18n/figure.ts';
import { useWords } from '../../ui/i18n/i18n.ts';
import { percent, whole } from '../../ui/i18n/numbers.ts';
import css from './TestSet.module.css';
import { evaluateTestSet, testKey, useTestSet } from './testSetStore.ts';

/** Figures of the test set, computed only when asked for, with the number of times. Nothing where there is no test set. */
export function TestSet({ results }: { readonly results: Results }) {
  const { say, pick } = useWords();
  const { data } = useShown().document;
  const { asking, tested, problem } = useTestSet();
  const facts = factsOf(data);
  const count = (facts && splitCounts(facts, data)?.test) ?? 0;
  if (count === 0) return null;
  const key = testKey(results, data);
  const answer = tested?.key === key ? tested.answer : null;
  return (
    <section className={css.test} aria-label={say('data.test')}>
      <Button look="outlined" label={say('test.evaluate')} disabled={asking} onClick={() => void evaluateTestSet(key)}>
        {say('test.evaluate')}
      </Button>
      <div role="status">
        {answer !== null && (
          <p className={css.figures}>
            <span>{say('results.of', { count: whole(answer.samples) })}</span>
            <span>{say('test.loss', { value: figure(answer.evaluation.loss) })}</span>
            {answer.evaluation.outputs.map((output) => (
              <OutputFigures key={output.name} output={output} isOnly={answer.evaluation.outputs.length === 1} />
            ))}
            <span>{say('test.asked', { count: answer.asked })}</span>
          </p>
        )}
        {problem !== null && <p className={css.problem}>{pick(problem)}</p>}
      </div>
      <p className={css.reason}>{say('test.reason')}</p>
    </section>
  );
}

function OutputFigures({ output, isOnly }: { readonly output: OutputEvaluation; readonly isOnly: boolean }) {
  const { say } = useWords();
  const { name, accuracy, regression } = output;
  const before = isOnly ? '' : `${name} `;
  if (accuracy !== null) {
    return (
      <span>
        {before}
        {say('results.accuracy')} <b>{percent(accuracy)}</b>
      </span>
    );
  }
  if (regression === null) return null;
  return (
    <span>
      {before}
      {say('test.mse', { value: figure(regression.mse) })}
    </span>
  );
}
