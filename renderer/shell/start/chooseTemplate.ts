import { createContext } from 'react';
import type { NetworkDocument } from '../../../src/graph/document.ts';
import type { Text } from '../../../src/text.ts';
import { startFrom } from '../../state/files/opening.ts';
import { useUi } from '../../state/stores/stores.ts';
import type { Key } from '../../ui/i18n/i18n.ts';

/** Purpose of the gallery: the action for the chosen template, and its label. */
interface Choosing {
  readonly action: Key;
  choose(document: NetworkDocument, title: Text): void;
}

/** Opens a template, with its name in the window's language. */
export function openTemplate(document: NetworkDocument, title: Text): Promise<void> {
  // A proper name, like LeNet, is the same in both languages.
  const name = document.name === title.en ? title[useUi.getState().language] : document.name;
  return startFrom({ ...document, name });
}

/** By default, the chosen template opens. */
export const ChoosingTemplate = createContext<Choosing>({
  action: 'start.openTemplate',
  choose: (document, title) => {
    openTemplate(document, title).catch(console.error);
  },
});
