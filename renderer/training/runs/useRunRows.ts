import { useMemo } from 'react';
import type { RunRecord } from '../../../src/runs/record.ts';
import { type Measure, measureFor } from '../../../src/sweep/summary.ts';
import { useRuns } from '../../state/stores/runsStore.ts';
import { useUi } from '../../state/stores/stores.ts';
import { type Column, columnsFor, differsColumn } from './columns.ts';
import { type Differing, differences } from './differing.ts';
import { type Axis, axesOf, isInside } from './parallel.ts';
import { useRunsView } from './runsViewStore.ts';
import { filtered, sorted } from './tableRows.ts';

export interface RunRows {
  /** Runs after filtering, brushing and sorting. */
  readonly rows: readonly RunRecord[];
  /** All runs of the current group; null if none is selected. */
  readonly group: readonly RunRecord[] | null;
  readonly measure: Measure;
  /** Axes of the current group. */
  readonly axes: readonly Axis[];
  readonly columns: readonly Column[];
  /** Settings in which a run differs from the others of its network, by run id. */
  readonly differing: ReadonlyMap<string, readonly Differing[]>;
}

const columnFold = (id: string): string => `runs.column.${id}`;

export const isShown = ({ id, usual }: Column, folds: Readonly<Record<string, boolean>>): boolean =>
  folds[columnFold(id)] ?? usual;

export const showColumn = (id: string, shown: boolean): void => useUi.getState().setFold(columnFold(id), shown);

export function useRunRows(): RunRows {
  const runs = useRuns((state) => state.runs);
  const filter = useRunsView((state) => state.filter);
  const sorting = useRunsView((state) => state.sorting);
  const brushes = useRunsView((state) => state.brushes);
  const group = useMemo(
    () => (filter.group === null ? null : runs.filter((run) => run.group === filter.group)),
    [runs, filter.group],
  );
  const measure = useMemo(() => measureFor(group ?? []), [group]);
  const axes = useMemo(() => axesOf(group ?? [], measure), [group, measure]);
  const differing = useMemo(() => differences(runs, true), [runs]);
  const columns = useMemo(() => {
    const all = columnsFor(group ?? [], group !== null);
    // A group has columns for its varied settings instead.
    return group === null ? all.toSpliced(1, 0, differsColumn(differing)) : all;
  }, [group, differing]);
  const rows = useMemo(() => {
    const found = filtered(runs, filter).filter((run) => isInside(run, axes, brushes));
    const column = columns.find(({ id }) => id === sorting.column);
    return sorted(found, column, sorting.down);
  }, [runs, filter, axes, brushes, columns, sorting]);
  return { rows, group, measure, axes, columns, differing };
}
