/** A text in both languages of the app. */
export interface Text {
  readonly en: string;
  readonly zh: string;
}

export type Language = keyof Text;

/** The same words in both languages: names, numbers and formulas. */
export const same = (words: string): Text => ({ en: words, zh: words });

/** Something that the user can mend (a file, a value, a device), in their words: what, where and how to fix it. */
export class UserError extends Error {
  override readonly name = 'UserError';

  constructor(readonly text: Text) {
    super(text.en);
  }
}
