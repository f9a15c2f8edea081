import { emptyDocument, type NetworkDocument } from '../../../src/graph/document.ts';
import type { Language } from '../../../src/text.ts';
import { textOf } from '../../ui/i18n/i18n.ts';

/** The document's name; for an unnamed document, “Untitled” in the window's language. */
export const nameOf = ({ name }: Pick<NetworkDocument, 'name'>, language: Language): string =>
  name === emptyDocument.name ? textOf('file.untitled')[language] : name;
