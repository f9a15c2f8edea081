import { PredictPad } from '../../results/predict/PredictPad.tsx';
import { DoctorLine } from '../doctor/DoctorLine.tsx';
import { Findings } from '../doctor/Findings.tsx';
import { VisitLine } from '../travel/TravelBar.tsx';
import { Charts } from './Charts.tsx';
import { RunNotices } from './RunNotices.tsx';
import css from './RunPanel.module.css';

export function RunPanel() {
  return (
    <div className={css.panel}>
      <div className={css.run}>
        <VisitLine />
        <RunNotices />
        <Charts />
        <DoctorLine />
      </div>
      <Findings />
      <PredictPad />
    </div>
  );
}
