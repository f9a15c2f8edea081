import { sameValue } from '../../../src/check/sameValue.ts';
import { readingKey } from '../../../src/data/readingKey.ts';
import type { DataConfig, TransformStep } from '../../../src/graph/document.ts';
import { same, type Text } from '../../../src/text.ts';
import { withMoved } from '../../../src/transforms/arranging.ts';
import { transformOf } from '../../../src/transforms/index.ts';
import { textOf, textWith } from '../../ui/i18n/i18n.ts';

/** Description of a change of the data settings; the transforms alone are described by name. */
export function describeData(before: DataConfig, after: DataConfig): Text {
  const [was, is] = [before.transforms ?? [], after.transforms ?? []];
  if (readingKey(before) !== readingKey(after) || sameValue(was, is)) return textOf('history.setData');
  const start = was.findIndex((step, place) => !sameValue(step, is[place]));
  const first = start < 0 ? was.length : start;
  const isTail = (step: TransformStep, fromEnd: number) => sameValue(step, is.at(-fromEnd));
  let tail = 0;
  while (tail < Math.min(was.length, is.length) - first && isTail(was.at(-tail - 1) as TransformStep, tail + 1)) tail++;
  const gone = was.slice(first, was.length - tail);
  const come = is.slice(first, is.length - tail);
  const [oldest, newest] = [gone[0], come[0]];
  if (gone.length === 0 && come.length === 1 && newest) return named('history.addTransform', newest);
  if (come.length === 0 && gone.length === 1 && oldest) return named('history.removeTransform', oldest);
  if (gone.length === 1 && come.length === 1 && oldest && newest?.type === oldest.type) {
    return named('history.changeTransform', newest);
  }
  const last = gone.at(-1);
  if (oldest && last && sameValue(withMoved(gone, 0, gone.length - 1), come)) {
    return named('history.moveTransform', oldest);
  }
  if (last && sameValue(withMoved(gone, gone.length - 1, 0), come)) return named('history.moveTransform', last);
  return textOf('history.changeTransforms');
}

const named = (key: Parameters<typeof textWith>[0], { type }: TransformStep): Text =>
  textWith(key, { name: transformOf(type)?.title ?? same(type) });
