import type { Place } from '../../../../src/plan/level.ts';
import type { View } from './view.ts';

const views = new Map<string, View>();

/** Key of a level: the copies of a repeated block share one view. */
export const levelKey = (path: readonly Place[]): string => path.map(({ node }) => node).join('/');

export const keepView = (key: string, view: View): unknown => views.set(key, view);
export const forgetViews = (): void => views.clear();

/** How a level was left, when one comes back to it from inside; a level that is entered is seen as a whole. */
export function viewOnReturn(key: string, from: string): View | undefined {
  const isInside = from !== key && (key === '' || from.startsWith(`${key}/`));
  return isInside ? views.get(key) : undefined;
}
