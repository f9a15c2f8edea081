import { create } from 'zustand';
import { useDocument } from '../stores/stores.ts';
import { type Found, foundOn } from './findInside.ts';

interface Findings {
  /** Ids of the cards of this level that were found, or that what was found lies in. */
  readonly here: ReadonlySet<string>;
}

const none: ReadonlySet<string> = new Set();

/** What the find bar has found, for the canvas to mark. */
export const useFindings = create<Findings>()(() => ({ here: none }));

export const showFound = (found: readonly Found[]): void =>
  useFindings.setState({ here: foundOn(useDocument.getState().levels, found) });
