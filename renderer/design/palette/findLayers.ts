import { namesOf, type Offer } from '../../../src/layers/presets.ts';
import type { Text } from '../../../src/text.ts';
import { textOf } from '../../ui/i18n/i18n.ts';
import { isNamed, matches } from '../../ui/search/match.ts';

/** Penalties for a match in a synonym and in the category. */
const SYNONYM = 15;
const CATEGORY = 50;

function scoreOf(offer: Offer, word: string): number | null {
  const [title, ...others] = namesOf(offer);
  const score = (text: Text, less: number): number => (matches(text, word) ?? Number.NEGATIVE_INFINITY) - less;
  const best = Math.max(
    score(title, 0),
    ...others.map((name) => score(name, SYNONYM)),
    score(textOf(`category.${offer.from ?? offer.layer.category}`), CATEGORY),
  );
  return best === Number.NEGATIVE_INFINITY ? null : best;
}

/** True if the query is the title of the offer in one of the languages. */
export const isCalled = ({ title }: Offer, query: string): boolean => isNamed(title, query);

/**
 * Layers and presets that match every word of the query by name, synonym or category, in English, Chinese or pinyin.
 * Exact titles come first, then the best matches; an empty query gives all in their order.
 */
export function findLayers<O extends Offer>(offers: readonly O[], query: string): readonly O[] {
  const words = query.split(/\s+/).filter(Boolean);
  if (words.length === 0) return offers;
  const found = offers.flatMap((offer) => {
    const scores = words.map((word) => scoreOf(offer, word));
    const sum = scores.reduce<number | null>((a, b) => (a === null || b === null ? null : a + b), 0);
    return sum === null ? [] : [{ offer, sum, called: isCalled(offer, query) }];
  });
  return found.sort((a, b) => Number(b.called) - Number(a.called) || b.sum - a.sum).map(({ offer }) => offer);
}
