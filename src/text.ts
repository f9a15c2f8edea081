/** A text in both languages of the app. */
export interface Text {
  readonly en: string;
  readonly zh: string;
}

export type Language = keyof Text;

/** The same words in both languages: names, numbers and formulas. */
export const same = (words: string): Text => ({ en: words, zh: words });
