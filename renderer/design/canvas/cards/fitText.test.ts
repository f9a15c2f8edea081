import { expect, test } from 'vitest';
import { fitText } from './fitText.ts';

/** Every character is 10 wide. */
const context = { font: 'test', measureText: (text: string) => ({ width: text.length * 10 }) };

test.each<[name: string, room: number, shown: string]>([
  ['conv2d_552', 100, 'conv2d_552'],
  ['conv2d_552', 85, 'con…_552'],
  ['conv2d_552', 60, 'c…_552'],
  ['conv2d_552', 45, '…552'],
  ['conv2d_552', 20, '…2'],
  ['conv2d_552', 9, ''],
  ['stage2.conv1', 120, 'stage2.conv1'],
  ['stage2.conv1', 100, 'conv1'],
  ['stage5.flatten', 60, 'f…tten'],
  ['odd.', 30, '…d.'],
  ['fc1', 30, 'fc1'],
  ['fc1', 25, '…1'],
])('%s in %i: %s', (name, room, shown) => {
  expect(fitText(context, name, room)).toBe(shown);
});
