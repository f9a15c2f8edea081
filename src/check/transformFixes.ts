import { factsOf } from '../data/known.ts';
import { asImageShape, stepsOn } from '../data/prepared.ts';
import type { Fix } from '../graph/diagnostic.ts';
import type { TransformStep } from '../graph/document.ts';
import type { Text } from '../text.ts';
import { withAdded, withValues } from '../transforms/arranging.ts';
import { pairOf } from '../transforms/fields.ts';
import { transformOf } from '../transforms/index.ts';
import { readPipeline } from '../transforms/pipeline.ts';
import type { Drawing } from './drawing.ts';

type List = readonly TransformStep[];

/** Fixes of a document with transforms: they bring the images of a field to the shape that an input expects. */
export function transformedImages({ doc: { data } }: Drawing, name: string, shape: readonly number[]): Fix[] {
  const { transforms = [] } = data;
  const image = asImageShape(factsOf(data)?.inputs.find((input) => input.name === name)?.shape ?? []);
  const wanted = asImageShape(shape);
  if (stepsOn(data).length === 0 || image === null || wanted === null) return [];
  const [channels, height, width] = wanted;
  const outputOf = (list: List) => readPipeline(list, image).pipeline?.output;
  const now = outputOf(transforms);
  if (now === undefined) return [];
  const size: [number, number] = [height, width];
  const changesColor = channels !== now[0];
  const recolored = (list: List): List => {
    if (!changesColor) return list;
    const { list: longer, place } = withAdded(list, 'Grayscale', size);
    return withValues(longer, place, { num_output_channels: `${channels}` });
  };
  const fix = (title: Text, list: List): Fix[] =>
    outputOf(list)?.join() === wanted.join()
      ? [{ title, edits: [{ kind: 'setData', data: { ...data, transforms: list } }] }]
      : [];
  if (String(now.slice(1)) === String(size)) {
    const title = {
      en: `Add transform Grayscale with ${channels} ${channels === 1 ? 'channel' : 'channels'}`,
      zh: `添加 ${channels} 通道的变换 Grayscale`,
    };
    return fix(title, recolored(transforms));
  }
  const words = `${height}×${width}`;
  const color = {
    en: changesColor ? ` and convert to ${channels === 1 ? 'gray' : '3 channels'}` : '',
    zh: changesColor ? `，并转为${channels === 1 ? '灰度' : ' 3 通道'}` : '',
  };
  const ways = [
    ...fix(
      { en: `Set the size of the transforms to ${words}${color.en}`, zh: `将变换的大小设为 ${words}${color.zh}` },
      recolored(resizedSteps(transforms, now.slice(1), size)),
    ),
    ...fix(
      { en: `Add transform Resize ${words}${color.en}`, zh: `添加变换 Resize ${words}${color.zh}` },
      recolored(withAdded(transforms, 'Resize', size).list),
    ),
  ];
  return ways.slice(0, 1);
}

/** The list with another size of the transforms that make images of size `from`. */
const resizedSteps = (list: List, from: readonly number[], to: [number, number]): List =>
  list.map((step, place) => {
    const { size } = step;
    const isSized = step.on !== false && transformOf(step.type)?.params.size !== undefined && Array.isArray(size);
    if (!isSized || String(pairOf(size as readonly number[])) !== String(from)) return step;
    return withValues(list, place, { size: to })[place] as TransformStep;
  });
