import { useDocument, useRun } from '../../state/stores/stores.ts';
import { useCharts } from './chartStore.ts';
import { axisEnd } from './timeAxis.ts';

/** Fits the time axis to the run, except while the pointer is over a chart. */
export function followAxis(): void {
  function adapt(): void {
    const { held, end, setEnd } = useCharts.getState();
    const run = useRun.getState();
    const { epochs } = useDocument.getState().root.recipe;
    const next = axisEnd(run.run === null ? { ...run, epochs } : run);
    if (!held && next !== end) setEnd(next);
  }
  adapt();
  useRun.subscribe((now, before) => {
    if (now.run !== before.run) useCharts.getState().setZoom(null);
    if (now.run !== before.run || now.revision !== before.revision || now.epochs !== before.epochs) adapt();
  });
  useDocument.subscribe((now, before) => {
    if (now.root.recipe !== before.root.recipe) adapt();
  });
  useCharts.subscribe((now, before) => {
    if (before.held && !now.held) adapt();
  });
}
