import type { Text } from './text.ts';

/**
 * Edits that lead from one word to the other: insertions, deletions, substitutions and exchanged neighbours (optimal string
 * alignment; Damerau, 1964).
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

/** Names that are likely meant by `given`, the nearest first: few typing errors away, or beginning or ending with it. */
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

/** The word is none of the choices: all of them, and the one that is likely meant. */
export function noChoice(given: string, choices: readonly string[]): Text {
  const { en, zh } = nearest(given, choices).length > 0 ? suggestion(given, choices) : { en: '', zh: '' };
  return {
    en: `'${given}' is none of ${choices.join(', ')}. ${en}`.trimEnd(),
    zh: `“${given}”不在可选值 ${choices.join('、')} 之中。${zh}`,
  };
}

/** Names that are listed where none is near: more would hide the message. */
const LISTED = 24;

/** Names that may be meant. Where none is near: those of the same part (`fc1.`), else all, as far as they can be listed. */
export function suggestion(given: string, names: readonly string[]): Text {
  const near = nearest(given, names);
  if (near.length > 0) return { en: `Did you mean ${near.join(' or ')}?`, zh: `您是否想用 ${near.join(' 或 ')}？` };
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
