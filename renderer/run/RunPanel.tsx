import { PredictPad } from '../predict/PredictPad.tsx';
import { Chart } from './Chart.tsx';
import { RunMessage } from './RunMessage.tsx';
import css from './RunPanel.module.css';

export function RunPanel() {
  return (
    <div className={css.panel}>
      <div className={css.run}>
        <RunMessage />
        <div className={css.charts}>
          <Chart metric="loss" />
          <Chart metric="accuracy" />
        </div>
      </div>
      <PredictPad />
    </div>
  );
}
