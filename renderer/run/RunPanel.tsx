import { PredictPad } from '../predict/PredictPad.tsx';
import { Chart } from './Chart.tsx';
import css from './RunPanel.module.css';

export function RunPanel() {
  return (
    <div className={css.panel}>
      <div className={css.charts}>
        <Chart metric="loss" />
        <Chart metric="accuracy" />
      </div>
      <PredictPad />
    </div>
  );
}
