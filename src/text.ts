import { z } from 'zod';

export const languageSchema = z.enum(['en', 'zh']);
export type Language = z.infer<typeof languageSchema>;

/** The language for a locale as systems write it: `zh-CN`, `zh_TW.UTF-8`, `en-GB`. */
export const languageOfLocale = (locale = ''): Language => (locale.toLowerCase().startsWith('zh') ? 'zh' : 'en');

/** A text in both languages of the app. */
export const textSchema = z.object({ en: z.string(), zh: z.string() }).readonly();
export type Text = z.infer<typeof textSchema>;

/** One text for both languages, for names, numbers and formulas. */
export const same = (words: string): Text => ({ en: words, zh: words });

/**
 * A problem that the user can fix, such as a file, a value or a device. The text says what happened, where, and how to
 * fix it.
 */
export class UserError extends Error {
  override readonly name = 'UserError';

  constructor(readonly text: Text) {
    super(text.en);
  }
}
