import { z } from 'zod';

export const languageSchema = z.enum(['en', 'zh']);
export type Language = z.infer<typeof languageSchema>;

/** The language for a locale as systems write it: `zh-CN`, `zh_TW.UTF-8`, `en-GB`. */
export const languageOfLocale = (locale = ''): Language => (locale.toLowerCase().startsWith('zh') ? 'zh' : 'en');

/** A text in both languages of the app. */
export const textSchema = z.object({ en: z.string(), zh: z.string() }).readonly();
export type Text = z.infer<typeof textSchema>;

/** The same words in both languages: names, numbers and formulas. */
export const same = (words: string): Text => ({ en: words, zh: words });

/** Something that the user can mend (a file, a value, a device), in their words: what, where and how to fix it. */
export class UserError extends Error {
  override readonly name = 'UserError';

  constructor(readonly text: Text) {
    super(text.en);
  }
}
