import type { CardContent, SceneCard } from '../scene/scene.ts';

/** Groups items by color, so that each group is painted at once. */
export function byCategory(cards: Iterable<SceneCard>): ReadonlyMap<CardContent['category'], readonly SceneCard[]> {
  const groups = new Map<CardContent['category'], SceneCard[]>();
  for (const card of cards) {
    const { category } = card.content;
    const group = groups.get(category);
    if (group === undefined) groups.set(category, [card]);
    else group.push(card);
  }
  return groups;
}
