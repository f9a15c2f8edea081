import type { Page } from '@playwright/test';
import { card, selectNothing, setField } from './actions.ts';
import { expect, test } from './launch.ts';

/** The pixels of the first filter, as they are drawn. */
const filter = (page: Page): Promise<string> =>
  page
    .getByRole('region', { name: 'Filters' })
    .getByRole('button', { name: 'Filter 1', exact: true })
    .locator('canvas')
    .evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());

test('filters are seen, now and as they were, and a run branches off', async ({ app: { page } }) => {
  await selectNothing(page);
  await setField(page, 'Epochs', '2');
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await expect(page.getByText(/^Done: /)).toBeVisible({ timeout: 120_000 });

  await page.getByRole('tab', { name: 'Look inside' }).click();
  await expect(page.getByRole('list', { name: 'Layers from input to output' })).toBeVisible();
  await card(page, 'Conv2d conv1').click();
  await expect(page.getByRole('button', { name: 'Feature map 6', exact: true })).toBeVisible();
  const now = await filter(page);

  const slider = page.getByRole('slider', { name: 'Moment of the run' });
  await slider.press('Home');
  await expect(page.getByText('You see step 0 of 500')).toBeVisible();
  await expect.poll(() => filter(page)).not.toBe(now);
  const first = await filter(page);
  await slider.press('ArrowRight');
  await expect(slider).not.toHaveAttribute('aria-valuenow', '0');
  await expect.poll(() => filter(page)).not.toBe(first);
  await page.getByRole('button', { name: 'Back to now' }).click();
  await expect(page.getByText('Now: step 500')).toBeVisible();
  await expect.poll(() => filter(page)).toBe(now);

  await slider.press('Home');
  await expect.poll(() => filter(page)).toBe(first);
  await page.getByRole('button', { name: 'Use these weights' }).click();
  await expect(page.getByText('The network has the weights of step 0 now.')).toBeVisible();
  await expect.poll(() => filter(page)).toBe(first);

  await slider.press('ArrowLeft');
  await page.getByRole('button', { name: 'Branch here' }).click();
  await expect(page.getByText(/^You see step/)).toBeHidden();
  await expect(page.getByText(/^Done: /)).toBeVisible({ timeout: 120_000 });
});
