import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication, Locator, Page } from '@playwright/test';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { digitImage } from '../src/data/digitImage.ts';
import {
  answerDialogs,
  card,
  drawSeven,
  goTo,
  probabilities,
  saveOnnx,
  selectNothing,
  setField,
  settledProbabilities,
  train,
} from './actions.ts';
import { expect } from './launch.ts';

interface App {
  readonly electron: ElectronApplication;
  readonly page: Page;
  readonly folder: string;
}

/** From drawing to an exported file, as a user goes: the same in the built app and in the package. */
export async function thinLine({ electron, page, folder }: App): Promise<void> {
  // A layer is dragged onto the edge between conv1 and its activation.
  const before = await page.getByRole('group', { name: /^(Conv2d|ReLU|Tanh) / }).count();
  const [above, below] = await Promise.all([
    card(page, 'Conv2d conv1').boundingBox(),
    card(page, 'ReLU act1').boundingBox(),
  ]);
  if (above === null || below === null) throw new Error('There is no connection behind conv1.');
  const canvas = page.getByRole('region', { name: 'Network' });
  const origin = await canvas.boundingBox();
  if (origin === null) throw new Error('There is no canvas.');
  await page.getByRole('option', { name: 'Tanh' }).dragTo(canvas, {
    targetPosition: {
      x: above.x + above.width / 2 - origin.x,
      y: (above.y + above.height + below.y) / 2 - origin.y,
    },
  });
  await expect(card(page, 'Tanh tanh')).toBeVisible();
  expect(await page.getByRole('group', { name: /^(Conv2d|ReLU|Tanh) / }).count()).toBe(before + 1);
  // On the edge, so the network is whole.
  await expect(page.getByRole('button', { name: 'no problems' })).toBeVisible();

  // A kernel larger than its input.
  await card(page, 'Conv2d conv2').click();
  await setField(page, 'Kernel, height', '15');
  await page.getByRole('tab', { name: 'Problems (1)' }).click();
  const problem = page.getByRole('tabpanel').getByRole('listitem').last();
  await expect(problem).toContainText('Conv2d “conv2”');
  await expect(problem).toContainText('(14 + 2·0 − 15)/1 + 1 = 0');
  await expect(page.getByRole('button', { name: 'Train', exact: true })).toHaveAttribute('aria-disabled', 'true');
  await problem.getByRole('button', { name: /^Set / }).first().click();
  await expect(page.getByRole('tab', { name: 'Problems (0)' })).toBeVisible();

  await selectNothing(page);
  await setField(page, 'Epochs', '1');
  // Half of the digits: the widened convolution is slow.
  await setField(page, 'Validation fraction', '0.5');
  await goTo(page, 'Train');
  const loss = page.getByRole('slider', { name: 'Loss by epoch' });
  await train(page);
  expect(await drawn(loss.locator('canvas'), '--curve-loss')).toBeGreaterThan(200);
  await expect(page.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '100');
  const accuracy = page.getByRole('slider', { name: 'Accuracy by epoch' });
  await expect(accuracy).toHaveAttribute('aria-valuetext', /Accuracy .*validation [789]\d\.\d%/);

  // The bars move while the pen is still down.
  await drawSeven(page, async () => {
    await expect.poll(async () => Math.max(...(await probabilities(page)))).toBeGreaterThan(0);
  });
  await expect.poll(async () => (await probabilities(page)).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 2);

  const file = join(folder, 'exported.onnx');
  await answerDialogs(electron, file);
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await saveOnnx(page);
  await expect(page.getByRole('status').filter({ hasText: file })).toContainText(
    'outputs differ from those computed by Netloom by at most',
  );
  await compareExport(page, file);
}

/** Pixels of a plot in the color of its curve, as its stylesheet has it: #rrggbb. */
const drawn = (canvas: Locator, name: string): Promise<number> =>
  canvas.evaluate((element, property) => {
    const picture = element as HTMLCanvasElement;
    const context = picture.getContext('2d') as CanvasRenderingContext2D;
    const { data } = context.getImageData(0, 0, picture.width, picture.height);
    const color = Number.parseInt(getComputedStyle(picture).getPropertyValue(property).trim().slice(1), 16);
    const parts = [color >> 16, (color >> 8) & 255, color & 255];
    let count = 0;
    for (let i = 0; i < data.length; i += 4) {
      if (parts.every((part, k) => Math.abs((data[i + k] as number) - part) < 8)) count++;
    }
    return count;
  }, name);

/** The exported file, in a runtime that knows nothing of Netloom, sees in the drawn digit what the app saw. */
async function compareExport(page: Page, file: string): Promise<void> {
  const shown = await settledProbabilities(page);
  const session = await InferenceSession.create(new Uint8Array(readFileSync(file)));
  const [input] = session.inputNames;
  if (input === undefined) throw new Error('The exported model takes nothing.');
  const pixels = await page.evaluate(() => {
    const pad = document.querySelector('canvas[aria-label="Drawing pad for a digit"]') as HTMLCanvasElement;
    const { data } = (pad.getContext('2d') as CanvasRenderingContext2D).getImageData(0, 0, pad.width, pad.height);
    return Array.from({ length: data.length / 4 }, (_, i) => data[4 * i] as number);
  });
  const digit = digitImage({ width: 280, height: 280, pixels: Float32Array.from(pixels, (value) => value / 255) });
  if (digit === null) throw new Error('The pad is empty.');
  const results = await session.run({ [input]: new Tensor('float32', digit, [1, 1, 28, 28]) });
  const name = session.outputNames.find((output) => /prob/i.test(output)) ?? session.outputNames.at(-1);
  const given = [...(results[name ?? '']?.data as Float32Array)];
  expect(given).toHaveLength(10);
  // Four digits are what the bars carry.
  given.forEach((value, index) => {
    expect(Math.abs(value - (shown[index] ?? Number.NaN))).toBeLessThan(1e-4);
  });
}
