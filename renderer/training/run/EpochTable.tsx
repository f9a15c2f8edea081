import { useRun } from '../../state/stores/stores.ts';
import { useWords } from '../../ui/i18n/i18n.ts';
import { bestEpoch, type EpochMetric, formatMetric } from './curveMetrics.ts';
import css from './EpochTable.module.css';

const metrics: readonly EpochMetric[] = ['loss', 'accuracy'];

/** Table of the epochs, the last one first. */
export function EpochTable() {
  const { say } = useWords();
  const epochs = useRun((state) => state.history.length);
  const history = useRun.getState().history.slice(0, epochs);
  const best = bestEpoch(history)?.epoch;
  const figure = (metric: EpochMetric, value: number | null) => (value === null ? '–' : formatMetric[metric](value));
  if (epochs === 0) return <p className={css.nothing}>{say('run.noEpochs')}</p>;
  return (
    <section className={css.frame} aria-label={say('run.table')}>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{say('run.epoch')}</th>
            {metrics.map((metric) =>
              (['train', 'validation'] as const).map((part) => (
                <th key={`${metric} ${part}`} scope="col">
                  {say(`run.${metric}`)}, {say(`run.${part}`)}
                </th>
              )),
            )}
            <th scope="col">{say('run.seconds')}</th>
          </tr>
        </thead>
        <tbody>
          {history.toReversed().map(({ epoch, train, validation, seconds }) => (
            <tr key={epoch} className={epoch === best ? css.best : ''}>
              <th scope="row">{epoch === best ? say('run.best', { epoch }) : epoch}</th>
              {metrics.map((metric) =>
                [train, validation].map((part) => (
                  <td key={`${metric} ${part === train}`}>{figure(metric, part[metric])}</td>
                )),
              )}
              <td>{seconds.toFixed(1)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
