import { create } from 'zustand';
import { check } from '../../../src/check/check.ts';
import type { CheckResult } from '../../../src/check/checkedGraph.ts';
import type { NetworkDocument } from '../../../src/graph/document.ts';
import type { Message } from '../../ui/i18n/i18n.ts';
import { newestWins } from '../desktop/newestWins.ts';
import { useDocument } from './stores.ts';

/** Network that the open one is compared with. */
export interface Other {
  readonly name: Message;
  readonly document: NetworkDocument;
  readonly check: CheckResult;
}

interface CompareState {
  /** True while the comparison covers the canvas. It closes when another network is opened. */
  readonly open: boolean;
  /** Generation of the compared network (see the document store). */
  readonly generation: number;
  /** Null until the user chooses. */
  readonly other: Other | null;
  /** Network compared instead of the open one. */
  readonly instead: Other | null;
  /** True if the other network is the first, earlier one. */
  readonly otherFirst: boolean;
  readonly view: 'pictures' | 'list';
  readonly onlyDifferences: boolean;
  /** Opens the choice of the other network. */
  choose(): void;
  compareWith(document: NetworkDocument, name: Message, otherFirst?: boolean): void;
  /** Compares two networks, neither of which has to be open; the first is the earlier one. */
  compareBoth(first: Other, second: Other): void;
  swap(): void;
  setView(view: CompareState['view']): void;
  setOnlyDifferences(only: boolean): void;
  close(): void;
}

/** Called when a comparison begins or ends, so that a file that is still being read is ignored. */
export const beginComparison = newestWins();

const opened = () => ({ open: true, generation: useDocument.getState().generation });

export const useCompare = create<CompareState>()((set) => {
  function show(change: Partial<CompareState>): void {
    beginComparison();
    set(change);
  }
  return {
    open: false,
    generation: 0,
    other: null,
    instead: null,
    otherFirst: false,
    view: 'pictures',
    onlyDifferences: true,
    choose: () => show({ ...opened(), other: null, instead: null }),
    compareWith: (document, name, otherFirst = false) =>
      show({ ...opened(), otherFirst, instead: null, other: { document, name, check: check(document) } }),
    compareBoth: (first, second) => show({ ...opened(), otherFirst: true, other: first, instead: second }),
    swap: () => set(({ otherFirst }) => ({ otherFirst: !otherFirst })),
    setView: (view) => set({ view }),
    setOnlyDifferences: (onlyDifferences) => set({ onlyDifferences }),
    close: () => show({ open: false, other: null, instead: null }),
  };
});

export const isComparing = (): boolean =>
  useCompare.getState().open && useCompare.getState().generation === useDocument.getState().generation;

export function useComparing(): boolean {
  const open = useCompare((state) => state.open);
  const compared = useCompare((state) => state.generation);
  const present = useDocument((state) => state.generation);
  return open && compared === present;
}
