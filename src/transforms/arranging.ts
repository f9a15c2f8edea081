import type { ConfigValue } from '../graph/document.ts';
import { transformOf } from './index.ts';
import type { TransformSetting } from './setting.ts';

type List = readonly TransformSetting[];

/**
 * The list with a new transform, and its place: at the end, but before a Normalize there, which has to be last. Sizes are those
 * of the images, [height, width], so that a new transform keeps their shape.
 */
export function withAdded(
  list: List,
  type: string,
  size: readonly [number, number],
): { readonly list: List; readonly place: number } {
  const takesSize = transformOf(type)?.params.size !== undefined;
  const added: TransformSetting = {
    type,
    ...(takesSize ? { size } : {}),
    // Without padding, a crop of that size would change nothing.
    ...(type === 'RandomCrop' ? { padding: [Math.ceil(Math.min(...size) / 8)] } : {}),
  };
  const isLast = type === 'Normalize' || list.at(-1)?.type !== 'Normalize';
  const place = isLast ? list.length : list.length - 1;
  return { list: list.toSpliced(place, 0, added), place };
}

export const withRemoved = (list: List, place: number): List => list.toSpliced(place, 1);

export const withMoved = (list: List, from: number, to: number): List =>
  list.toSpliced(from, 1).toSpliced(to, 0, list[from] as TransformSetting);

/** The list with other values of a transform; `on: true` is the default and is not written. */
export function withValues(list: List, place: number, values: Readonly<Record<string, ConfigValue>>): List {
  const { on, ...rest } = { ...list[place], ...values } as TransformSetting;
  return list.with(place, on === false ? { ...rest, on } : rest);
}
