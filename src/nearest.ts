import type { Text } from './text.ts';

/**
 * Number of edits between two words: insertions, deletions, substitutions and swaps of adjacent letters (optimal
 * string alignment; Damerau, 1964).
 */
export function editDistance(a: string, b: string): number {
  let [before, row]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (row[j - 1] as number) + Number(a[i - 1] !== b[j - 1]);
      next[j] = Math.min((row[j] as number) + 1, (next[j - 1] as number) + 1, substitution);
      const exchanged = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (exchanged) next[j] = Math.min(next[j] as number, (before[j - 2] as number) + 1);
    }
    [before, row] = [row, next];
  }
  return row[b.length] as number;
}

/**
 * Names that are probably meant by `given`, nearest first: those with few typing errors between them, and those that
 * begin with it or end with it after a dot.
 */
export function nearest(given: string, names: readonly string[], most = 3): readonly string[] {
  const wanted = given.toLowerCase();
  const limit = Math.max(1, Math.floor(wanted.length / 3));
  return names
    .map((name) => {
      const known = name.toLowerCase();
      const isPart = wanted.length >= 3 && (known.startsWith(wanted) || known.endsWith(`.${wanted}`));
      return { name, distance: isPart ? 0.5 : editDistance(wanted, known) };
    })
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, most)
    .map(({ name }) => name);
}

/** The error for a word that is none of the choices, with all choices and the one that is probably meant. */
export function noChoice(given: string, choices: readonly string[]): Text {
  const { en, zh } = nearest(given, choices).length > 0 ? suggestion(given, choices) : { en: '', zh: '' };
  return {
    en: `“${given}” is none of ${choices.join(', ')}. ${en}`.trimEnd(),
    zh: `“${given}”不是可选值（${choices.join('、')}）。${zh}`,
  };
}

/** Limit on the names listed when none is near. A longer list would hide the message. */
const LISTED = 24;

/**
 * A sentence with the names that may be meant. If none is near, lists those with the same prefix (`fc1.`), else all, up
 * to a limit.
 */
export function suggestion(given: string, names: readonly string[]): Text {
  const near = nearest(given, names);
  if (near.length > 0) return { en: `Did you mean ${near.join(' or ')}?`, zh: `是否指 ${near.join(' 或 ')}？` };
  const part = given.slice(0, given.lastIndexOf('.') + 1);
  const sameNamed = part === '' ? [] : names.filter((name) => name.startsWith(part));
  const offered = sameNamed.length > 0 ? sameNamed : names;
  const listed = offered.slice(0, LISTED);
  const more = offered.length - listed.length;
  return more === 0
    ? { en: `One of: ${listed.join(', ')}.`, zh: `可选：${listed.join('、')}。` }
    : {
        en: `One of: ${listed.join(', ')} and ${more} more.`,
        zh: `可选：${listed.join('、')} 等 ${offered.length} 个。`,
      };
}
