import { PredictPad } from '../predict/PredictPad.tsx';
import { Charts } from './Charts.tsx';
import { RunMessage } from './RunMessage.tsx';
import css from './RunPanel.module.css';

export function RunPanel() {
  return (
    <div className={css.panel}>
      <div className={css.run}>
        <RunMessage />
        <Charts />
      </div>
      <PredictPad />
    </div>
  );
}
