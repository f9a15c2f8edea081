import { createPortal } from 'react-dom';
import { useRun } from '../../state/stores/stores.ts';
import { useWords } from '../../ui/i18n/i18n.ts';
import { whole } from '../../ui/i18n/numbers.ts';
import { useCharts } from './chartStore.ts';
import { type CurveMetric, formatMetric } from './curveMetrics.ts';
import css from './Readout.module.css';
import { readoutAt } from './readout.ts';
import { windows } from './smooth.ts';

/** Share of the window width beyond which the box is left of the crosshair. */
const TURN = 0.6;

/** Values of all curves at the crosshair. Placed above the plots, so that it covers none. */
export function ReadoutBox() {
  const { say } = useWords();
  const pointed = useCharts((state) => state.pointed);
  const smoothing = useCharts((state) => state.smoothing);
  useRun((state) => state.revision);
  if (pointed === null) return null;
  const read = readoutAt(useRun.getState(), pointed.at, windows[smoothing] ?? 0);
  if (read === null) return null;
  const left = pointed.x < window.innerWidth * TURN;
  const place = left ? { left: pointed.x + 10 } : { right: window.innerWidth - pointed.x + 10 };
  const color = (metric: CurveMetric) => ({ background: `var(--curve-${metric})` });
  return createPortal(
    <div className={css.readout} style={{ ...place, bottom: window.innerHeight - pointed.top + 24 }} aria-hidden="true">
      <p>{say('run.at', { step: whole(read.step), epoch: read.epoch.toFixed(2) })}</p>
      <table>
        <tbody>
          {read.values.map(({ metric, value, validation }) => (
            <tr key={metric}>
              <th scope="row">
                <i style={color(metric)} />
                {say(`run.${metric}`)}
              </th>
              <td>{formatMetric[metric](value)}</td>
              <td>{validation === null ? '' : say('run.validated', { value: formatMetric[metric](validation) })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>,
    document.body,
  );
}
