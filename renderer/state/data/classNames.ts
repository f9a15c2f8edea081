import { classNames } from '../../../src/data/classNames.ts';
import type { NetworkDocument } from '../../../src/graph/document.ts';
import { useShown } from '../travel/shownNetwork.ts';

/** Names of the classes of an output of a network, or of any; empty where its dataset has none. */
export const classNamesOf = ({ data }: NetworkDocument, output: string | null = null): readonly string[] =>
  classNames(data.facts?.targets ?? [], output);

/** Names of the classes of an output of the shown network, or of any; empty where its dataset has none. */
export const useClassNames = (output: string | null = null): readonly string[] =>
  classNamesOf(useShown().document, output);
