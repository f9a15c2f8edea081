import { expect, it } from 'vitest';
import { PixelBudget } from './pixelBudget.ts';

it('bounds the pixels that are worked on at the same time, keeps the order, and goes on after an error', async () => {
  const budget = new PixelBudget(10);
  let [taken, highest] = [0, 0];
  const started: number[] = [];
  const work = (pixels: number) =>
    budget.whileTaking(pixels, async () => {
      started.push(pixels);
      taken += Math.min(10, pixels);
      highest = Math.max(highest, taken);
      await new Promise((done) => setTimeout(done, 1));
      taken -= Math.min(10, pixels);
      if (pixels === 7) throw new Error('damaged');
      return pixels;
    });
  const wanted = [4, 5, 7, 1, 99, 3, 3, 3, 3];
  const done = await Promise.allSettled(wanted.map(work));
  expect(done.map(({ status }) => status === 'fulfilled')).toEqual(wanted.map((pixels) => pixels !== 7));
  expect(started).toEqual(wanted);
  expect(highest).toBe(10);
});
