import { create } from 'zustand';
import type { Sorting } from './rows.ts';

interface CostTableState {
  readonly query: string;
  readonly sorting: Sorting;
  setQuery(query: string): void;
  setSorting(sorting: Sorting): void;
}

/** Sort order and filter of the cost table. They persist while another panel is open. */
export const useCostTable = create<CostTableState>()((set) => ({
  query: '',
  sorting: { column: 'order', down: false },
  setQuery: (query) => set({ query }),
  setSorting: (sorting) => set({ sorting }),
}));
