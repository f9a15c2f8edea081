import { create } from 'zustand';
import { useWorkspaces } from '../../state/workspaces/workspaceStore.ts';
import type { Brushes } from './parallel.ts';
import { type RunColors, withColors } from './runColors.ts';
import { type Filter, NO_FILTER, type Sorting } from './tableRows.ts';

interface RunsView {
  readonly filter: Filter;
  readonly sorting: Sorting;
  /** Ids of the selected runs. */
  readonly selected: ReadonlySet<string>;
  /** Colors of the selected runs, used in the table, on the axes and in the charts. */
  readonly colors: RunColors;
  /** Brushes on the axes of the current group. */
  readonly brushes: Brushes;
  /** Id of the run under the pointer, in the table or on the axes. */
  readonly pointed: string | null;
  /** Id of the run whose name is being edited. */
  readonly naming: string | null;
  /** True while the user is asked to confirm deletion of the selected runs. */
  readonly deleting: boolean;
  /** Shows the runs of a group in the whole window; null keeps the previous filter. */
  showGroup(group: string | null): void;
  /** Ends renaming, the question about deletion and hovering. */
  leave(): void;
  setFilter(filter: Partial<Filter>): void;
  /** Sorts by a column; reverses the order if it is the sorting column already. */
  sortBy(column: string, down: boolean): void;
  select(ids: Iterable<string>): void;
  setBrushes(brushes: Brushes): void;
  point(run: string | null): void;
  rename(run: string | null): void;
  askDelete(asks: boolean): void;
}

const NEWEST: Sorting = { column: 'created', down: true };
const BEST: Sorting = { column: 'accuracy', down: true };

export const useRunsView = create<RunsView>()((set) => ({
  filter: NO_FILTER,
  sorting: NEWEST,
  selected: new Set(),
  colors: new Map(),
  brushes: {},
  pointed: null,
  naming: null,
  deleting: false,
  showGroup(group) {
    if (group !== null) set({ filter: { ...NO_FILTER, group }, brushes: {}, selected: new Set(), sorting: BEST });
    useWorkspaces.getState().maximize('runs');
  },
  leave: () => set({ naming: null, deleting: false, pointed: null }),
  setFilter: (filter) =>
    set((state) => ({
      filter: { ...state.filter, ...filter },
      ...('group' in filter && { brushes: {} }),
    })),
  sortBy: (column, down) =>
    set(({ sorting }) => ({ sorting: sorting.column === column ? { column, down: !sorting.down } : { column, down } })),
  select: (ids) =>
    set(({ colors }) => {
      const selected = new Set(ids);
      return { selected, colors: withColors(colors, [...selected]), naming: null, deleting: false };
    }),
  setBrushes: (brushes) => set({ brushes }),
  point: (pointed) => set((state) => (state.pointed === pointed ? {} : { pointed })),
  rename: (naming) => set({ naming }),
  askDelete: (deleting) => set({ deleting }),
}));
