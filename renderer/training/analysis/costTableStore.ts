import { create } from 'zustand';
import type { Sorting } from './rows.ts';

interface CostTableState {
  readonly query: string;
  readonly sorting: Sorting;
  setQuery(query: string): void;
  setSorting(sorting: Sorting): void;
}

/** Order and filter of the cost table, kept while another panel is shown. */
export const useCostTable = create<CostTableState>()((set) => ({
  query: '',
  sorting: { column: 'order', down: false },
  setQuery: (query) => set({ query }),
  setSorting: (sorting) => set({ sorting }),
}));
