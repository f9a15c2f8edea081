import type { Position } from '../../../../src/graph/document.ts';
import type { Text } from '../../../../src/text.ts';
import { textOf } from '../../../ui/i18n/i18n.ts';
import type { IconName } from '../../../ui/icons/Icon.tsx';
import { matches } from '../../../ui/search/match.ts';
import { addFrame, addNote } from './annotate.ts';

/** Note and frame, offered in the list of layers. */
export interface Annotation {
  readonly icon: IconName;
  readonly title: Text;
  /** Adds it at a position in the window. */
  add(at: Position): void;
}

const annotations: readonly Annotation[] = [
  { icon: 'note', title: textOf('note.label'), add: addNote },
  { icon: 'frame', title: textOf('quickAdd.frame'), add: addFrame },
];

export const findAnnotations = (query: string): readonly Annotation[] =>
  query.trim() === '' ? annotations : annotations.filter(({ title }) => matches(title, query) !== null);
