import { expect, test } from 'vitest';
import { type Turn, wheelReader } from './wheel.ts';

/** Turns of one device, 16 ms apart, as Chromium reports them. */
const turns = (...steps: readonly Partial<Turn>[]): readonly Turn[] =>
  steps.map((step, index) => ({
    deltaX: 0,
    deltaY: 0,
    deltaMode: 0,
    shiftKey: false,
    timeStamp: 1000 + index * 16,
    ...step,
  }));

test.each<[string, 'mouse' | 'trackpad', readonly Turn[]]>([
  ['a notch on Windows', 'mouse', turns({ deltaY: 100, wheelDeltaY: -120 })],
  ['a notch on Linux', 'mouse', turns({ deltaY: 53, wheelDeltaY: -120 })],
  ['three notches at once', 'mouse', turns({ deltaY: -300, wheelDeltaY: 360 })],
  ['an accelerated notch on a Mac', 'mouse', turns({ deltaY: 4.000244140625, wheelDeltaY: -120 })],
  ['a notch by lines', 'mouse', turns({ deltaY: 3, deltaMode: 1 })],
  ['a notch with Shift, sideways', 'mouse', turns({ deltaX: 100, shiftKey: true, wheelDeltaY: -120 })],
  ['fingers, slowly', 'trackpad', turns({ deltaY: 1, wheelDeltaY: -3 }, { deltaY: 4, wheelDeltaY: -12 })],
  ['fingers, as far as a notch', 'trackpad', turns({ deltaY: 40, wheelDeltaY: -120 })],
  ['fingers, by few whole pixels', 'trackpad', turns({ deltaY: 30, wheelDeltaY: -120 })],
  ['fingers with fractions', 'trackpad', turns({ deltaY: 7.5, wheelDeltaY: -9 })],
  ['fingers, sideways', 'trackpad', turns({ deltaX: 40, deltaY: 60, wheelDeltaY: -60 })],
  ['a notch, then sideways', 'trackpad', turns({ deltaY: 100, wheelDeltaY: -120 }, { deltaX: 3, deltaY: 2 })],
  ['fast in the middle', 'trackpad', turns({ deltaY: 2, wheelDeltaY: -6 }, { deltaY: 100, wheelDeltaY: -120 })],
])('%s: %s', (_, device, events) => {
  const read = wheelReader();
  expect(events.map(read).at(-1)).toBe(device);
});

test('after a pause the device is detected anew', () => {
  const read = wheelReader();
  const [fingers] = turns({ deltaX: 2, deltaY: 5, wheelDeltaY: -15 }) as [Turn];
  expect(read(fingers)).toBe('trackpad');
  expect(read({ ...fingers, deltaX: 0, deltaY: 100, wheelDeltaY: -120, timeStamp: 2000 })).toBe('mouse');
});
