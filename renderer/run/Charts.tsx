import { Chart } from './Chart.tsx';
import { ChartBar } from './ChartBar.tsx';
import { useCharts } from './chartStore.ts';
import { EpochTable } from './EpochTable.tsx';
import { ReadoutBox } from './ReadoutBox.tsx';
import css from './RunPanel.module.css';

/** The curves of the run, or its figures in a table. */
export function Charts() {
  const shown = useCharts((state) => state.shown);
  const table = useCharts((state) => state.table);
  return (
    <>
      <ChartBar />
      {table ? (
        <EpochTable />
      ) : (
        <div className={css.charts}>
          {shown.map((metric) => (
            <Chart key={metric} metric={metric} />
          ))}
        </div>
      )}
      {!table && <ReadoutBox />}
    </>
  );
}
