import { create } from 'zustand';
import { useWorkspaces } from '../../state/workspaces/workspaceStore.ts';
import type { Brushes } from './parallel.ts';
import { type RunColours, withColours } from './runColours.ts';
import { type Filter, NO_FILTER, type Sorting } from './tableRows.ts';

interface RunsView {
  readonly filter: Filter;
  readonly sorting: Sorting;
  /** Ids. */
  readonly selected: ReadonlySet<string>;
  /** One for each selected run, in the table, on the axes and in the charts. */
  readonly colours: RunColours;
  /** Parts of the axes of the group that is shown. */
  readonly brushes: Brushes;
  /** The pointer is on a run, in the table or on its line. */
  readonly pointed: string | null;
  /** Its name is being written. */
  readonly naming: string | null;
  /** The one question: whether the selected runs are to go. */
  readonly deleting: boolean;
  /** The runs of a group, or as they were last shown, in the whole window. */
  showGroup(group: string | null): void;
  /** Nothing is being written, asked or pointed at any more. */
  leave(): void;
  setFilter(filter: Partial<Filter>): void;
  /** By the column, or the other way round where it is sorted by it already. */
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
  colours: new Map(),
  brushes: {},
  pointed: null,
  naming: null,
  deleting: false,
  showGroup(group) {
    if (group !== null) set({ filter: { ...NO_FILTER, group }, brushes: {}, selected: new Set(), sorting: BEST });
    useWorkspaces.getState().maximise('runs');
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
    set(({ colours }) => {
      const selected = new Set(ids);
      return { selected, colours: withColours(colours, [...selected]), naming: null, deleting: false };
    }),
  setBrushes: (brushes) => set({ brushes }),
  point: (pointed) => set((state) => (state.pointed === pointed ? {} : { pointed })),
  rename: (naming) => set({ naming }),
  askDelete: (deleting) => set({ deleting }),
}));
