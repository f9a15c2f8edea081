import { type Language, languageOfLocale, type Text } from '../text.ts';

/** The output of a command: results go to stdout, everything else to stderr. */
export interface Output {
  readonly language: Language;
  readonly json: boolean;
  /** `text` in the user's language. */
  words(text: Text): string;
  /** Prints a line of the result for people; does nothing with --json. */
  print(line: string): void;
  /** Prints a line of the result for programs; does nothing without --json. */
  printJson(value: unknown): void;
  /** Prints a line that is not part of the result. */
  note(text: Text): void;
  /** Prints a line that the next one replaces; does nothing if stderr is not a terminal. */
  progress(line: string): void;
}

/** Characters that control a terminal or change the direction of its text. */
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;
const escaped = (char: string): string => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Escapes control characters, so that a name chosen by a user cannot control the terminal. */
export const visible = (line: string): string => line.replace(UNSEEN, escaped);

export function openOutput(language: Language, json: boolean): Output {
  let pending = false;
  const clear = () => {
    if (pending) process.stderr.write('\r\x1b[K');
    pending = false;
  };
  const words = (text: Text) => text[language];
  return {
    language,
    json,
    words,
    print(line) {
      clear();
      if (!json) process.stdout.write(`${visible(line)}\n`);
    },
    printJson(value) {
      clear();
      if (json) process.stdout.write(`${visible(JSON.stringify(value))}\n`);
    },
    note(text) {
      clear();
      process.stderr.write(`${visible(words(text))}\n`);
    },
    progress(line) {
      if (!process.stderr.isTTY) return;
      const width = (process.stderr.columns ?? 80) - 1;
      process.stderr.write(`\r\x1b[K${visible(line).slice(0, width)}`);
      pending = true;
    },
  };
}

/** The language of `--lang`, else the language of the environment, else English. */
export const languageOf = (option: string | undefined, env: NodeJS.ProcessEnv): Language =>
  languageOfLocale(option ?? env.LC_ALL ?? env.LC_MESSAGES ?? env.LANG);

/** A progress bar of `width` cells; `done` is the filled fraction in [0, 1]. */
export function bar(done: number, width = 24): string {
  const filled = Math.round(width * Math.min(1, Math.max(0, done)));
  return `${'█'.repeat(filled)}${'░'.repeat(width - filled)}`;
}

/** Width of a text in terminal cells: Chinese characters and full-width punctuation take two. */
export const cells = (text: string): number =>
  [...text].reduce(
    (sum, char) =>
      sum +
      (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/.test(char)
        ? 2
        : 1),
    0,
  );

/** Rows as aligned columns, two spaces apart. `right`: indices of right-aligned columns. */
export function table(rows: readonly (readonly string[])[], right: readonly number[] = []): string[] {
  const widths: number[] = [];
  for (const row of rows)
    row.forEach((cell, i) => {
      widths[i] = Math.max(widths[i] ?? 0, cells(cell));
    });
  return rows.map((row) =>
    row
      .map((cell, i) => {
        const space = ' '.repeat((widths[i] as number) - cells(cell));
        return right.includes(i) ? space + cell : cell + space;
      })
      .join('  ')
      .trimEnd(),
  );
}

/** A number with thousands separators. */
export const counted = (value: number): string => value.toLocaleString('en-US');

/** `1 epoch`, `2 epochs`, `1,000 samples`. */
export const countOf = (count: number, one: string): string => `${counted(count)} ${one}${count === 1 ? '' : 's'}`;

/** A fraction in [0, 1] as a percentage with two decimals; a dash for null. */
export const percent = (share: number | null): string => (share === null ? '–' : `${(100 * share).toFixed(2)}%`);
