import { showPanel } from '../../state/workspaces/workspaceStore.ts';
import { useWords } from '../../ui/i18n/i18n.ts';
import { usePredict } from '../predict/predictStore.ts';
import css from './Plane.module.css';
import { PlanePlot } from './PlanePlot.tsx';
import { usePlane } from './usePlane.ts';

/** Predictions over the plane of two features. A click opens the prediction at that point. */
export function PlaneView() {
  const { say } = useWords();
  const plane = usePlane();
  function pick(x: number, y: number): void {
    usePredict.getState().setNumbers([x, y]);
    showPanel('predict');
  }
  return (
    <div className={css.view}>
      <div className={css.frame}>
        <PlanePlot plane={plane} label={say('results.plane')} onPick={pick} />
      </div>
      <div className={css.words}>
        <p>{say(plane.prediction?.answers === 'numbers' ? 'results.help.planeNumbers' : 'results.help.plane')}</p>
      </div>
    </div>
  );
}
