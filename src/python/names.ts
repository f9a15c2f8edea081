/** Keywords of Python 3, with the soft ones. */
export const KEYWORDS = [
  ...['False', 'None', 'True', 'and', 'as', 'assert', 'async', 'await', 'break', 'case', 'class', 'continue', 'def'],
  ...['del', 'elif', 'else', 'except', 'finally', 'for', 'from', 'global', 'if', 'import', 'in', 'is', 'lambda'],
  ...['match', 'nonlocal', 'not', 'or', 'pass', 'raise', 'return', 'try', 'type', 'while', 'with', 'yield'],
];

/**
 * The valid identifier nearest to a name: other characters become underscores. Python compares identifiers in the normal
 * form NFKC, so the name is converted to it first. Chinese characters are valid.
 */
export function identifier(name: string, otherwise: string): string {
  const text = name
    .normalize('NFKC')
    .replace(/[^\p{ID_Continue}]+/gu, '_')
    // Names with a leading underscore are private, and mangled with two.
    .replace(/^_+|_+$/g, '');
  if (text === '') return otherwise;
  return /^\p{ID_Start}/u.test(text) ? text : `${otherwise}_${text}`;
}

/** An identifier in CamelCase: `Residual stage` becomes ResidualStage. */
export function className(title: string, otherwise: string): string {
  const words = identifier(title, otherwise).split('_');
  return words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('');
}

/** Hands out identifiers that are unique and not reserved: a taken one gets the first free number. */
export class Names {
  readonly #taken: Set<string>;

  constructor(reserved: Iterable<string>) {
    this.#taken = new Set(reserved);
  }

  has(name: string): boolean {
    return this.#taken.has(name);
  }

  take(wanted: string): string {
    let name = wanted;
    for (let n = 2; this.#taken.has(name); n++) name = /\d$/.test(wanted) ? `${wanted}_${n}` : `${wanted}${n}`;
    this.#taken.add(name);
    return name;
  }
}
