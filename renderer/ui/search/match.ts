import { pinyin } from 'pinyin-pro';
import type { Text } from '../../../src/text.ts';

/** A searchable form of a text: the whole string and its words or syllables. */
interface SearchText {
  readonly text: string;
  readonly units: readonly string[];
  /** The text itself, not its pinyin. */
  readonly written: boolean;
}

/** Penalty for a match at the start of a pinyin name: `lin` means Linear before 零填充. */
const PINYIN = 2;

const plain = (text: string): string => text.normalize('NFKC').toLowerCase();

/** `BatchNorm2d` is batch, norm and 2d. */
const wordsOf = (text: string): string[] =>
  plain(text.normalize('NFKC').replace(/(\p{Ll})(?=\p{Lu})|(\p{L})(?=\d)/gu, '$& '))
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

const syllablesOf = (text: string): string[] =>
  pinyin(text, { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true }).flatMap(wordsOf);

const known = new Map<string, readonly SearchText[]>();

/** Both languages and the pinyin of the Chinese. Cached, because the pinyin dictionary is slow. */
function readingsOf({ en, zh }: Text): readonly SearchText[] {
  const key = `${en}\n${zh}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const readings: SearchText[] = [{ text: plain(en), units: wordsOf(en), written: true }];
  if (zh !== en || /\p{Script=Han}/u.test(zh)) {
    const syllables = syllablesOf(zh);
    readings.push(
      { text: plain(zh), units: [], written: true },
      { text: syllables.join(''), units: syllables, written: false },
    );
  }
  known.set(key, readings);
  return readings;
}

/** True if `query` is a concatenation of prefixes of consecutive units from index `at`: `jj`, `juanj`, `bano`. */
function begins(units: readonly string[], at: number, query: string): boolean {
  if (query === '') return true;
  const unit = units[at] ?? '';
  for (let size = Math.min(unit.length, query.length); size > 0; size--) {
    if (unit.startsWith(query.slice(0, size)) && begins(units, at + 1, query.slice(size))) return true;
  }
  return false;
}

function scoreWord({ text, units, written }: SearchText, word: string): number {
  if (text === word) return 100;
  if (text.startsWith(word)) return written ? 80 : 80 - PINYIN;
  if (units.includes(word)) return 70;
  if (units.some((unit) => unit.startsWith(word))) return 60;
  const at = units.findIndex((_, start) => begins(units, start, word));
  if (at >= 0) return at === 0 ? 50 : 40;
  return text.includes(word) ? 30 : 0;
}

/**
 * Score of `text` for `query`, higher is better; null without a match. Every word of the query must match: as part of
 * the English or Chinese text, as pinyin, or as first letters of words or syllables. 卷积, juanji, jj and conv all find
 * Conv2d. An empty query gives every text the same score.
 */
export function matches(text: Text, query: string): number | null {
  const words = plain(query).split(/\s+/).filter(Boolean);
  const readings = readingsOf(text);
  let sum = 0;
  for (const word of words) {
    const best = Math.max(...readings.map((reading) => scoreWord(reading, word)));
    if (best === 0) return null;
    sum += best;
  }
  return words.length === 0 ? 0 : sum / words.length;
}

/** True if `query` equals the whole text in one language, or its whole pinyin; spaces are ignored. */
export function isNamed(text: Text, query: string): boolean {
  const joined = (words: string): string => plain(words).replace(/\s+/g, '');
  return readingsOf(text).some((reading) => joined(reading.text) === joined(query));
}
