import { ChangeFlags } from './ChangeFlags.tsx';
import { Chart } from './Chart.tsx';
import { ChartBar } from './ChartBar.tsx';
import { useCharts } from './chartStore.ts';
import { EpochTable } from './EpochTable.tsx';
import { ReadoutBox } from './ReadoutBox.tsx';
import css from './RunPanel.module.css';
import { TimeAxis } from './TimeAxis.tsx';
import { useHasAccuracy } from './useHasAccuracy.ts';

/** Curves of the run, or its table of epochs. */
export function Charts() {
  const shown = useCharts((state) => state.shown);
  const table = useCharts((state) => state.table);
  const hasAccuracy = useHasAccuracy();
  const drawn = hasAccuracy ? shown : shown.filter((metric) => metric !== 'accuracy');
  return (
    <>
      <ChartBar />
      {table ? (
        <EpochTable />
      ) : (
        <>
          <ChangeFlags />
          <div className={css.charts}>
            {(drawn.length > 0 ? drawn : (['loss'] as const)).map((metric) => (
              <Chart key={metric} metric={metric} />
            ))}
          </div>
          <TimeAxis />
        </>
      )}
      {!table && <ReadoutBox />}
    </>
  );
}
