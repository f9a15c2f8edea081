import { expect, it } from 'vitest';
import { UserError } from '../text.ts';
import type { Output } from './output.ts';
import { openSaver } from './saver.ts';

const silent: Output = {
  language: 'en',
  json: false,
  words: ({ en }) => en,
  print() {},
  printJson() {},
  note() {},
  progress() {},
};

it('a failed save is reported at once, and later saves are still tried', async () => {
  const notes: string[] = [];
  const output: Output = { ...silent, note: ({ en }) => notes.push(en) };
  let saves = 0;
  const failing = new Set([1, 3]);
  const saver = openSaver(async () => {
    saves++;
    if (failing.has(saves)) throw new UserError({ en: `disk full at ${saves}.`, zh: '' });
  }, output);
  for (const told of [1, 1, 2, 2]) {
    saver.later();
    await saver.idle();
    expect(notes).toHaveLength(told);
  }
  expect(saves).toBe(4);
  expect(notes[0]).toMatch(/disk full at 1\. Training continues/);
});

it('saves requested during a save are merged into one', async () => {
  let [saves, finish] = [0, () => {}];
  const saver = openSaver(() => {
    saves++;
    return new Promise((resolve) => {
      finish = resolve;
    });
  }, silent);
  saver.later();
  await Promise.resolve();
  await Promise.resolve();
  saver.later();
  saver.later();
  finish();
  await new Promise((resolve) => setTimeout(resolve));
  finish();
  await saver.idle();
  expect(saves).toBe(2);
});
