import { emptyDocument, type NetworkDocument } from '../../../src/graph/document.ts';
import type { Language } from '../../../src/text.ts';
import { textOf } from '../../ui/i18n/i18n.ts';

/** The document's name; of one that was never named, a word in the language of the window. */
export const nameOf = ({ name }: Pick<NetworkDocument, 'name'>, language: Language): string =>
  name === emptyDocument.name ? textOf('file.untitled')[language] : name;
