import { same, type Text } from '../../../src/text.ts';
import type { Template } from '../../../templates/index.ts';
import { textOf } from '../../ui/i18n/i18n.ts';
import { matches } from '../../ui/search/match.ts';

const isIn = (texts: readonly Text[], words: readonly string[]): boolean =>
  words.every((word) => texts.some((text) => matches(text, word) !== null));

/**
 * Templates that match by title, id, family or paper, then those that match by description; in English, Chinese or
 * pinyin. `bn-lenet` counts as two words.
 */
export function foundTemplates(templates: readonly Template[], query: string): readonly Template[] {
  const words = query.split(/[\s_-]+/).filter(Boolean);
  const named = templates.filter(({ title, id, family, paper }) =>
    isIn([title, same(id), textOf(`start.family.${family}`), same(paper ?? '')], words),
  );
  const described = templates.filter(
    (template) => !named.includes(template) && isIn([template.title, template.description], words),
  );
  return [...named, ...described];
}
