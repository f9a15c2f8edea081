import { PredictPad } from '../predict/PredictPad.tsx';
import { Charts } from './Charts.tsx';
import { RunNotices } from './RunNotices.tsx';
import css from './RunPanel.module.css';

export function RunPanel() {
  return (
    <div className={css.panel}>
      <div className={css.run}>
        <RunNotices />
        <Charts />
      </div>
      <PredictPad />
    </div>
  );
}
