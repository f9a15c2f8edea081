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
  /** The comparison lies over the canvas, as long as the network that was compared is open. */
  readonly open: boolean;
  /** Of the network that was compared (see the document store). */
  readonly generation: number;
  /** Null while it is still to be chosen. */
  readonly other: Other | null;
  /** Network compared in place of the open one. */
  readonly instead: Other | null;
  /** True where the other network is the first of the two, the earlier one. */
  readonly otherFirst: boolean;
  readonly view: 'pictures' | 'list';
  readonly onlyDifferences: boolean;
  /** Asks what to compare with. */
  choose(): void;
  compareWith(document: NetworkDocument, name: Message, otherFirst?: boolean): void;
  /** Two networks of which neither need be open; the first is what was before. */
  compareBoth(first: Other, second: Other): void;
  swap(): void;
  setView(view: CompareState['view']): void;
  setOnlyDifferences(only: boolean): void;
  close(): void;
}

/** Begins another comparison, or leaves one: what was read for the one before comes too late. */
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
