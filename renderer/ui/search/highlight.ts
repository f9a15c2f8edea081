import { pinyin } from 'pinyin-pro';

export type Range = readonly [from: number, to: number];

/** A word or a Chinese character of a text, with the letters that type it. */
interface Unit {
  readonly at: number;
  readonly typed: readonly string[];
  /** A character is marked whole, a word only as far as it was typed. */
  readonly whole: boolean;
}

const unitsOf = (text: string): Unit[] =>
  [...text.matchAll(/\p{Script=Han}|\p{Lu}+(?!\p{Ll})|\p{L}\p{Ll}*|\p{N}+/gu)].map(({ 0: part, index }) => {
    const whole = /\p{Script=Han}/u.test(part);
    const typed = whole
      ? pinyin(part, { toneType: 'none', type: 'array', multiple: true, v: true })
      : [part.toLowerCase()];
    return { at: index, typed, whole };
  });

/** The ranges of units, from index `at`, whose prefixes concatenate to `word`; null if none do. */
function begins(units: readonly Unit[], at: number, word: string): Range[] | null {
  if (word === '') return [];
  const unit = units[at];
  if (unit === undefined) return null;
  for (const typed of unit.typed) {
    for (let size = Math.min(typed.length, word.length); size > 0; size--) {
      if (!typed.startsWith(word.slice(0, size))) continue;
      const rest = begins(units, at + 1, word.slice(size));
      if (rest !== null) return [[unit.at, unit.at + (unit.whole ? 1 : size)], ...rest];
    }
  }
  return null;
}

function rangesOf(text: string, word: string): readonly Range[] {
  const at = text.toLowerCase().indexOf(word);
  if (at >= 0) return [[at, at + word.length]];
  const units = unitsOf(text);
  for (let start = 0; start < units.length; start++) {
    const found = begins(units, start, word);
    if (found !== null) return found;
  }
  return [];
}

/** Ranges of a text that match a query, literally or as pinyin; sorted and disjoint, empty without a match. */
export function highlight(text: string, query: string): readonly Range[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const ranges = words.flatMap((word) => rangesOf(text, word)).sort((a, b) => a[0] - b[0]);
  const apart: Range[] = [];
  for (const range of ranges) {
    const last = apart.at(-1);
    if (last !== undefined && range[0] <= last[1]) apart[apart.length - 1] = [last[0], Math.max(last[1], range[1])];
    else apart.push(range);
  }
  return apart;
}
