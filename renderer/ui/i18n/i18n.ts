import i18next, { type FormatterModule } from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import type { Language, Text } from '../../../src/text.ts';
import { type Key, words } from './words.ts';

export type { Key };
export type Values = Readonly<Record<string, string | number>>;
/** Words by key, with values filled in. */
export type Say = (key: Key, values?: Values) => string;
/** What a message can be: words of the core in both languages, or the app's own by key. */
export type Message = Text | { readonly key: Key; readonly values?: Values };

const translations = (language: Language): Record<string, string> =>
  Object.fromEntries(Object.entries<Text>(words).map(([key, text]) => [key, text[language]]));

/** `{{count, run|runs}}` is the noun for that count. */
const nouns: FormatterModule = {
  type: 'formatter',
  init() {},
  add() {},
  addCached() {},
  format(count, forms) {
    const [one = '', many = one] = (forms ?? '').split('|');
    return String(count) === '1' ? one : many;
  },
};

export function startI18n(language: Language): void {
  i18next
    .use(nouns)
    .use(initReactI18next)
    .init({
      lng: language,
      fallbackLng: false,
      resources: { en: { translation: translations('en') }, zh: { translation: translations('zh') } },
      // Keys are flat names with dots in them.
      keySeparator: false,
      nsSeparator: false,
      // React escapes.
      interpolation: { escapeValue: false },
      saveMissing: true,
      missingKeyHandler: (languages, _namespace, key) => console.error(`Missing words: ${key} (${languages})`),
      missingInterpolationHandler: (text: string, [, name]: readonly string[]) => missingValue(text, name),
      initAsync: false,
    });
}

/** Tests fail on the error; the reader sees the words without the value, never its name in braces. */
function missingValue(text: string, name = ''): string {
  console.error(`Missing value '${name.trim()}' in: ${text}`);
  return '';
}

export const changeLanguage = (language: Language): Promise<unknown> => i18next.changeLanguage(language);

/** The words of a key in both languages, for what takes texts of the core. */
export const textOf = (key: Key): Text => words[key];

/** The words of a key with texts filled in, in both languages. */
export function textWith(key: Key, values: Readonly<Record<string, Text>>): Text {
  const fill = (language: Language): string =>
    words[key][language].replace(
      /\{\{(\w+)\}\}/g,
      (_, name: string) => values[name]?.[language] ?? missingValue(words[key][language], name),
    );
  return { en: fill('en'), zh: fill('zh') };
}

interface Words {
  readonly language: Language;
  readonly say: Say;
  /** A text of the core in the present language. */
  readonly pick: (text: Text) => string;
  readonly tell: (message: Message) => string;
}

export function useWords(): Words {
  const { t, i18n } = useTranslation();
  const language: Language = i18n.language === 'zh' ? 'zh' : 'en';
  const say: Say = (key, values) => t(key, values);
  const pick = (text: Text) => text[language];
  return {
    language,
    say,
    pick,
    tell: (message) => ('key' in message ? say(message.key, message.values) : pick(message)),
  };
}
