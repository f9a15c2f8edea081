import type { NetworkDocument } from '../../../src/graph/document.ts';
import { useShown } from '../travel/shownNetwork.ts';

/** Names of the classes of a network's dataset; empty where it has none. */
export const classNamesOf = ({ data }: NetworkDocument): readonly string[] =>
  data.facts?.targets.find(({ names }) => names !== undefined)?.names ?? [];

/** Names of the classes of the shown network's dataset, by class; empty where it has none. */
export const useClassNames = (): readonly string[] => classNamesOf(useShown().document);
