import { create } from 'zustand';
import { useDocument } from '../../state/stores/stores.ts';
import { foundOn, foundWithin, type NodePath } from './findInside.ts';

interface Findings {
  /** Ids of the cards of this level that match, or that contain a match. */
  readonly here: ReadonlySet<string>;
  /** The same for cards in expanded blocks, as JSON of their path of ids. */
  readonly within: ReadonlySet<string>;
}

const none: ReadonlySet<string> = new Set();

/** Results of the find bar, which the canvas highlights. */
export const useFindings = create<Findings>()(() => ({ here: none, within: none }));

export function showFound(found: readonly NodePath[]): void {
  const { root, rootCheck, levels } = useDocument.getState();
  const within = foundWithin(root, rootCheck, levels, found).map((ids) => JSON.stringify(ids));
  useFindings.setState({ here: foundOn(levels, found), within: new Set(within) });
}
