import type { NetworkDocument } from '../src/graph/document.ts';
import type { Text } from '../src/text.ts';

export const families = ['linear', 'mlp', 'lenet', 'alexnet', 'vgg', 'nin', 'googlenet', 'resnet', 'densenet'] as const;
export type Family = (typeof families)[number];

/** A ready network. */
export interface Template {
  /** Stable; scripts and the command line name templates by it. The same as in testdata/networks.json. */
  readonly id: string;
  readonly family: Family;
  readonly title: Text;
  /** What is new about it, and what to try. */
  readonly description: Text;
  /** Authors, year and title of where it comes from; null where it is common knowledge. */
  readonly paper: string | null;
  /** Drawn when first asked for. */
  readonly document: NetworkDocument;
}

/** A template whose document is drawn when first asked for. */
export function template(fields: Omit<Template, 'document'>, draw: (name: string) => NetworkDocument): Template {
  let drawn: NetworkDocument | null = null;
  return {
    ...fields,
    get document() {
      drawn ??= draw(fields.title.en);
      return drawn;
    },
  };
}
