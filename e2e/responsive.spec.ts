import type { Page, TestInfo } from '@playwright/test';
import { drawSeven, goTo, selectNothing, setField } from './actions.ts';
import { expect, test } from './launch.ts';

interface Frames {
  readonly median: number;
  readonly p95: number;
  readonly worst: number;
  readonly count: number;
}

/** Times between animation frames over some seconds, in ms. */
const measureFrames = (page: Page, seconds: number): Promise<Frames> =>
  page.evaluate(
    (duration) =>
      new Promise<Frames>((resolve) => {
        const deltas: number[] = [];
        const start = performance.now();
        let last = start;
        const frame = (now: number) => {
          deltas.push(now - last);
          last = now;
          if (now - start < duration * 1000) {
            requestAnimationFrame(frame);
            return;
          }
          // The first is from before the first frame.
          const sorted = deltas.slice(1).sort((a, b) => a - b);
          const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
          resolve({ median: at(0.5), p95: at(0.95), worst: at(1), count: sorted.length });
        };
        requestAnimationFrame(frame);
      }),
    seconds,
  );

const words = ({ median, p95, worst, count }: Frames): string =>
  `median ${median.toFixed(1)} ms, 95th percentile ${p95.toFixed(1)} ms, worst ${worst.toFixed(1)} ms, ${count} frames`;

function report({ annotations }: TestInfo, measured: Readonly<Record<string, Frames>>): void {
  for (const [type, frames] of Object.entries(measured)) {
    annotations.push({ type, description: words(frames) });
    console.log(`frames, ${type}: ${words(frames)}`);
  }
}

test('the window stays responsive while training', async ({ app: { page } }, testInfo) => {
  await selectNothing(page);
  await setField(page, 'Epochs', '40');
  // The start of the app is over.
  await page.waitForTimeout(1500);
  const idle = await measureFrames(page, 5);
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await expect(page.getByText(/^Epoch \d+ \/ 40 · /)).toBeVisible();
  const training = await measureFrames(page, 10);
  await expect(page.getByText(/^Epoch \d+ \/ 40 · /)).toBeVisible();
  await page.getByRole('button', { name: 'Stop' }).click();

  report(testInfo, { idle, training });
  expect(training.median).toBeLessThan(20);
  expect(training.p95).toBeLessThanOrEqual(2 * idle.p95);
});

test('the window stays responsive with all curves and previews open', async ({ app: { page } }, testInfo) => {
  await selectNothing(page);
  await setField(page, 'Epochs', '200');
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  const running = page.getByText(/^Epoch \d+ \/ 200 · /);
  await expect(running).toBeVisible();
  for (const name of ['Learning rate', 'Gradient norm', 'Samples per second']) {
    await page.getByRole('button', { name: `Show ${name}` }).click();
    await expect(page.getByRole('slider', { name: `${name} by epoch` })).toBeVisible();
  }
  // The digit is predicted again and again meanwhile.
  await drawSeven(page);
  const measured: Record<string, Frames> = { 'curves and pad': await measureFrames(page, 8) };
  await goTo(page, 'Results');
  await page.waitForTimeout(1000);
  measured['evaluation and look inside'] = await measureFrames(page, 6);
  await goTo(page, 'Train');
  await expect(running).toBeVisible();
  await page.keyboard.press('Shift+F5');
  report(testInfo, measured);
  for (const { median } of Object.values(measured)) expect(median).toBeLessThan(20);
});
