import { expect, test } from 'vitest';
import { fitted, textWidth, wrapped } from './textWidth.ts';

const font = { size: 10 };

test('a Chinese character is as wide as high, and monospace digits have one width', () => {
  expect(textWidth('卷积层', font)).toBe(30);
  expect(textWidth('111', { size: 10, mono: true })).toBeCloseTo(textWidth('8×8', { size: 10, mono: true }));
  expect(textWidth('ill', font)).toBeLessThan(textWidth('www', font) / 2);
});

test('a text that fits is unchanged, a longer one ends in an ellipsis inside its width', () => {
  expect(fitted('conv1', font, 60)).toBe('conv1');
  const short = fitted('a_very_long_name', font, 60);
  expect(short).toMatch(/^a_very.*…$/);
  expect(textWidth(short, font)).toBeLessThanOrEqual(60);
  expect(fitted('卷积层', font, 5)).toBe('…');
});

test('lines break at spaces and between Chinese characters, not before a full stop', () => {
  expect(wrapped('one two three', font, 42, 5)).toEqual(['one two', 'three']);
  expect(wrapped('卷积层提取特征。', font, 70, 5)).toEqual(['卷积层提取特', '征。']);
  expect(wrapped('a\nb\nc', font, 100, 2)).toEqual(['a', 'b …']);
});
