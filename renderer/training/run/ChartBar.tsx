import { useId } from 'react';
import { Button } from '../../ui/controls/Button.tsx';
import { MenuButton } from '../../ui/controls/MenuButton.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { Adjust } from './AdjustForm.tsx';
import css from './ChartBar.module.css';
import { useCharts } from './chartStore.ts';
import { type CurveMetric, curveMetrics } from './curveMetrics.ts';
import { saveCurvesCsv, saveCurvesPng } from './saveCurves.ts';
import { windows } from './smooth.ts';
import { useHasAccuracy } from './useHasAccuracy.ts';

/** Toolbar with the choice of curves and their display options. */
export function ChartBar() {
  const { say } = useWords();
  const zoomed = useCharts((state) => state.zoom !== null);
  const table = useCharts((state) => state.table);
  const hasAccuracy = useHasAccuracy();
  return (
    <div className={css.bar} role="toolbar" aria-label={say('run.charts')}>
      <div className={css.chips}>
        {curveMetrics.map((metric) => (
          <Chip key={metric} metric={metric} disabled={table || (metric === 'accuracy' && !hasAccuracy)} />
        ))}
      </div>
      {!table && <Smoothing />}
      {zoomed && !table && (
        <Button
          label={say('run.wholeRun')}
          hint={say('run.wholeRunHint')}
          onClick={() => useCharts.getState().setZoom(null)}
        >
          {say('run.wholeRun')}
        </Button>
      )}
      <span className={css.space} />
      <Adjust />
      <Button
        label={say('run.table')}
        hint={say('run.tableHint')}
        icon="table"
        pressed={table}
        onClick={() => useCharts.getState().setTable(!table)}
      />
      <MenuButton
        icon="save"
        label={say('run.export')}
        entries={() => [
          { label: say('run.exportPng'), run: () => void saveCurvesPng(say).catch(console.error) },
          { label: say('run.exportCsv'), run: () => void saveCurvesCsv().catch(console.error) },
        ]}
      />
    </div>
  );
}

function Chip({ metric, disabled }: { readonly metric: CurveMetric; readonly disabled: boolean }) {
  const { say } = useWords();
  const shown = useCharts((state) => state.shown.includes(metric));
  const name = say(`run.${metric}`);
  return (
    <button
      type="button"
      className={css.chip}
      aria-pressed={shown}
      aria-label={`${say(`run.short.${metric}`)}: ${say('run.show', { name })}`}
      title={say('run.show', { name })}
      disabled={disabled}
      onClick={() => useCharts.getState().toggle(metric)}
    >
      <i style={{ background: `var(--curve-${metric})` }} />
      {say(`run.short.${metric}`)}
    </button>
  );
}

function Smoothing() {
  const { say } = useWords();
  const id = useId();
  const smoothing = useCharts((state) => state.smoothing);
  const steps = windows[smoothing] ?? 0;
  const words = steps === 0 ? say('run.notSmoothed') : say('run.smoothed', { steps });
  return (
    <label className={css.smoothing} htmlFor={id} title={words}>
      <span>{say('run.smoothing')}</span>
      <input
        id={id}
        type="range"
        min={0}
        max={windows.length - 1}
        step={1}
        value={smoothing}
        aria-label={say('run.smoothing')}
        aria-valuetext={words}
        onChange={({ target }) => useCharts.getState().setSmoothing(Number(target.value))}
      />
    </label>
  );
}
