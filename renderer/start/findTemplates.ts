import { same } from '../../src/text.ts';
import type { Template } from '../../templates/index.ts';
import { textOf } from '../i18n/i18n.ts';
import { matches } from '../search/match.ts';

/** Found by title, id, family, paper or description; in English, Chinese or pinyin. `bn-lenet` is two words. */
export function finds({ title, id, family, paper, description }: Template, query: string): boolean {
  const texts = [title, same(id), textOf(`start.family.${family}`), same(paper ?? ''), description];
  const words = query.split(/[\s_-]+/).filter(Boolean);
  return words.every((word) => texts.some((text) => matches(text, word) !== null));
}
