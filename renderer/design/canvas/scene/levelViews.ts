import type { Place } from '../../../../src/plan/level.ts';
import type { View } from './view.ts';

const views = new Map<string, View>();

/** Key of a level: the copies of a repeated block share one view. */
export const levelKey = (path: readonly Place[]): string => path.map(({ node }) => node).join('/');

export const keepView = (key: string, view: View): unknown => views.set(key, view);
export const forgetViews = (): void => views.clear();

/** The last view of a level, for the return from a block inside it. Undefined otherwise: an entered block is fitted. */
export function viewOnReturn(key: string, from: string): View | undefined {
  const isInside = from !== key && (key === '' || from.startsWith(`${key}/`));
  return isInside ? views.get(key) : undefined;
}
