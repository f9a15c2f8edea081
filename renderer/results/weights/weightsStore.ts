import { create } from 'zustand';
import type { Sorting } from './tensorRows.ts';

interface WeightsState {
  readonly query: string;
  readonly sorting: Sorting;
  /** Name of the selected tensor. */
  readonly selected: string | null;
  /** Id of the run to compare with; null for the start of the current run. */
  readonly compared: string | null;
}

/** Filter, order and selection of the weights table. They persist while another panel is open. */
export const useWeightsTable = create<WeightsState>()(() => ({
  query: '',
  sorting: { column: 'order', down: false },
  selected: null,
  compared: null,
}));
