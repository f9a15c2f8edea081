import { createContext } from 'react';
import type { NetworkDocument } from '../../../src/graph/document.ts';
import type { Text } from '../../../src/text.ts';
import { startFrom } from '../../state/files/opening.ts';
import { useUi } from '../../state/stores/stores.ts';
import type { Key } from '../../ui/i18n/i18n.ts';

/** What the gallery is for: what becomes of the template that is chosen, and how that is called. */
interface Choosing {
  readonly action: Key;
  choose(document: NetworkDocument, title: Text): void;
}

/** Opens a template, named in the language of the window. */
export function openTemplate(document: NetworkDocument, title: Text): Promise<void> {
  // A name of its own, like LeNet, is the same in both languages.
  const name = document.name === title.en ? title[useUi.getState().language] : document.name;
  return startFrom({ ...document, name });
}

/** Opens it, unless something around the gallery wants it for something else. */
export const ChoosingTemplate = createContext<Choosing>({
  action: 'start.openTemplate',
  choose: (document, title) => {
    openTemplate(document, title).catch(console.error);
  },
});
