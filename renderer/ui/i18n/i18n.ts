import { create } from 'zustand';
import type { Language, Text } from '../../../src/text.ts';
import { type Key, words } from './words.ts';

export type { Key };
export type Values = Readonly<Record<string, string | number>>;
/** Text of a key with its values filled in. */
export type Say = (key: Key, values?: Values) => string;
/** A message: a text of the core in both languages, or a key of the app's dictionary. */
export type Message = Text | { readonly key: Key; readonly values?: Values };

/** `{{name}}` is a value, `{{count, run|runs}}` the noun for that count. */
const HOLE = /\{\{(\w+)(?:, ([^|}]*)(?:\|([^}]*))?)?\}\}/g;

function fill(text: string, values: Values): string {
  return text.replace(HOLE, (_, name: string, one?: string, many = one) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    // Tests fail on this error; the user sees the text without the value, never the name in braces.
    if (value === undefined) console.error(`Missing value '${name}' in: ${text}`);
    if (one === undefined) return String(value ?? '');
    return String(value) === '1' ? one : (many ?? '');
  });
}

interface Words {
  readonly language: Language;
  readonly say: Say;
  /** A core text in the current language. */
  readonly pick: (text: Text) => string;
  readonly tell: (message: Message) => string;
}

function speak(language: Language): Words {
  const say: Say = (key, values = {}) => fill(words[key][language], values);
  const pick = (text: Text) => text[language];
  return {
    language,
    say,
    pick,
    tell: (message) => ('key' in message ? say(message.key, message.values) : pick(message)),
  };
}

/** The app's texts in either language, for code outside React components. */
export const wordsIn: Readonly<Record<Language, Words>> = { en: speak('en'), zh: speak('zh') };

const usePresent = create<Words>()(() => wordsIn.en);

export const changeLanguage = (language: Language): void => usePresent.setState(wordsIn[language], true);

/** The app's texts in the current language. */
export const useWords = (): Words => usePresent();

/** The text of a key in both languages, for code that needs a core text. */
export const textOf = (key: Key): Text => words[key];

/** The text of a key with texts as values, in both languages. */
export function textWith(key: Key, values: Readonly<Record<string, Text>>): Text {
  const inLanguage = (language: Language): string =>
    wordsIn[language].say(
      key,
      Object.fromEntries(Object.entries(values).map(([name, text]) => [name, text[language]])),
    );
  return { en: inLanguage('en'), zh: inLanguage('zh') };
}
