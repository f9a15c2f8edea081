import { useWords } from '../i18n/i18n.ts';
import { PredictPad } from '../predict/PredictPad.tsx';
import { useRun } from '../stores/stores.ts';
import { Chart } from './Chart.tsx';
import css from './RunPanel.module.css';

export function RunPanel() {
  const { say } = useWords();
  const none = useRun(({ state }) => state === 'none');
  return (
    <div className={css.panel}>
      <div className={css.charts}>
        <Chart metric="loss" />
        <Chart metric="accuracy" />
        {none && <p className={css.waiting}>{say('run.waiting')}</p>}
      </div>
      <PredictPad />
    </div>
  );
}
