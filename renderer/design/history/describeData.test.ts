import { expect, test } from 'vitest';
import { emptyDocument, type TransformStep } from '../../../src/graph/document.ts';
import { describeData } from './describeData.ts';

const { data } = emptyDocument;
const [flip, crop, gray] = [
  { type: 'RandomHorizontalFlip', p: 0.5 },
  { type: 'RandomCrop', size: [28, 28] },
  { type: 'Grayscale' },
];
const likely = { ...flip, p: 0.9 };

test.each<[TransformStep[], TransformStep[], en: string, zh: string]>([
  [[], [flip], 'Added transform “Flip left–right”', '添加变换“左右翻转”'],
  [[flip, gray], [flip, crop, gray], 'Added transform “Random crop”', '添加变换“随机裁剪”'],
  [[flip], [flip, flip], 'Added transform “Flip left–right”', '添加变换“左右翻转”'],
  [[flip, crop, gray], [flip, gray], 'Removed transform “Random crop”', '删除变换“随机裁剪”'],
  [[flip], [], 'Removed transform “Flip left–right”', '删除变换“左右翻转”'],
  [[flip, crop], [likely, crop], 'Changed transform “Flip left–right”', '更改变换“左右翻转”'],
  [[flip, crop, gray], [crop, gray, flip], 'Moved transform “Flip left–right”', '移动变换“左右翻转”'],
  [[flip, crop, gray], [gray, flip, crop], 'Moved transform “Grayscale”', '移动变换“灰度化”'],
  [[flip, crop], [crop, flip], 'Moved transform “Flip left–right”', '移动变换“左右翻转”'],
  [[{ type: 'Own' }], [], 'Removed transform “Own”', '删除变换“Own”'],
  [[flip], [crop], 'Changed the transforms', '更改变换'],
  [[], [flip, crop], 'Changed the transforms', '更改变换'],
  [[flip], [flip], 'Changed the dataset settings', '更改数据集设置'],
])('%j to %j', (was, is, en, zh) => {
  expect(describeData({ ...data, transforms: was }, { ...data, transforms: is })).toEqual({ en, zh });
});

test('with other settings, the step is one of the dataset', () => {
  const { en } = describeData(data, { ...data, validation: 0.5, transforms: [flip] });
  expect(en).toBe('Changed the dataset settings');
});
