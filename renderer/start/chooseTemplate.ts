import { createContext } from 'react';
import type { NetworkDocument } from '../../src/graph/document.ts';
import type { Text } from '../../src/text.ts';
import { startFrom } from '../files/opening.ts';
import type { Key } from '../i18n/i18n.ts';

/** What the gallery is for: what becomes of the template that is chosen, and how that is called. */
interface Choosing {
  readonly action: Key;
  choose(document: NetworkDocument, title: Text): void;
}

/** Opens it, unless something around the gallery wants it for something else. */
export const ChoosingTemplate = createContext<Choosing>({
  action: 'start.openTemplate',
  choose: (document) => {
    startFrom(document).catch(console.error);
  },
});
