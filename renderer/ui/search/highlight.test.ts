import { expect, test } from 'vitest';
import { highlight } from './highlight.ts';

test.each([
  ['Conv2d', 'conv', '[Conv]2d'],
  ['转置卷积层', '卷积', '转置[卷积]层'],
  ['卷积层', 'juanji', '[卷积]层'],
  ['卷积层', 'jj', '[卷积]层'],
  ['卷积层', 'jjc', '[卷积层]'],
  ['BatchNorm2d', 'bano', '[Ba]tch[No]rm2d'],
  ['GlobalAvgPool2d', 'avg gl', '[Gl]obal[Avg]Pool2d'],
  ['Linear', 'dense', 'Linear'],
  ['ReLU', 'relu', '[ReLU]'],
  ['Conv 1×1', '', 'Conv 1×1'],
])('%s by %s', (text, query, marked) => {
  const ranges = highlight(text, query);
  const shown = ranges.reduceRight(
    (rest, [from, to]) => `${rest.slice(0, from)}[${rest.slice(from, to)}]${rest.slice(to)}`,
    text,
  );
  expect(shown).toBe(marked);
});
