import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { answerDialogs, card, goTo, runCommand, selectNothing, setField, train } from './actions.ts';
import { expect, test } from './launch.ts';

/** The pixels of the first filter, as they are drawn. */
const filter = (page: Page): Promise<string> =>
  page
    .getByRole('region', { name: 'Filters' })
    .getByRole('button', { name: 'Filter 1', exact: true })
    .locator('canvas')
    .evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());

test('filters are shown at the current and at earlier checkpoints, and a run branches off', async ({
  app: { page },
}) => {
  await selectNothing(page);
  await setField(page, 'Epochs', '2');
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await expect(page.getByText(/^Done: /)).toBeVisible({ timeout: 120_000 });

  await goTo(page, 'Results');
  await expect(page.getByRole('list', { name: 'Layers from input to output' })).toBeVisible();
  await page.getByRole('list', { name: 'Layers from input to output' }).getByRole('button', { name: /conv1/ }).click();
  await expect(page.getByRole('button', { name: 'Feature map 6', exact: true })).toBeVisible();
  const now = await filter(page);

  const slider = page.getByRole('slider', { name: 'Checkpoint' });
  await slider.press('Home');
  await expect(page.getByText('Showing step 0 of 500')).toBeVisible();
  await expect.poll(() => filter(page)).not.toBe(now);
  const first = await filter(page);
  await slider.press('ArrowRight');
  await expect(slider).not.toHaveAttribute('aria-valuenow', '0');
  await expect.poll(() => filter(page)).not.toBe(first);
  await page.getByRole('button', { name: 'Go to latest step' }).click();
  await expect(page.getByText('Latest: step 500')).toBeVisible();
  await expect.poll(() => filter(page)).toBe(now);

  await slider.press('Home');
  await expect.poll(() => filter(page)).toBe(first);
  await page.getByRole('button', { name: 'Restore these weights' }).click();
  await expect(page.getByText('Restored the weights of step 0')).toBeVisible();
  await expect(page.getByText('Weights of an earlier checkpoint; the run ended at step 500')).toBeVisible();
  await expect.poll(() => filter(page)).toBe(first);

  await slider.press('ArrowLeft');
  await page.getByRole('button', { name: 'Branch from this checkpoint' }).click();
  await expect(page.getByText(/^Showing step/)).toBeHidden();
  await expect(page.getByText(/^Done: /)).toBeVisible({ timeout: 120_000 });
});

test('a run is restored from its file and from the list of runs; its checkpoints keep their network', async ({
  app: { electron, page, folder },
}) => {
  await selectNothing(page);
  await setField(page, 'Epochs', '2');
  await train(page);
  const slider = page.getByRole('slider', { name: 'Checkpoint' });
  const isBack = async () => {
    await goTo(page, 'Train');
    await expect(page.getByText(/^Done: /)).toBeVisible({ timeout: 20_000 });
    await goTo(page, 'Results');
    await expect(page.getByText('Latest: step 500')).toBeVisible();
    await expect(page.getByRole('tabpanel', { name: 'Evaluation' })).toContainText(/Accuracy 9\d\.\d\s?%/, {
      timeout: 30_000,
    });
  };

  // The step before last is that of the first epoch or later: good weights, which an edited layer does not have.
  await goTo(page, 'Design');
  await card(page, 'Conv2d conv2').click();
  await setField(page, 'Output channels', '8');
  await goTo(page, 'Results');
  await slider.press('End');
  await slider.press('ArrowLeft');
  await expect(page.getByText(/you edited it later/)).toBeVisible();
  const results = page.getByRole('tabpanel', { name: 'Evaluation' });
  await expect(results).toContainText(/Accuracy 9\d\.\d\s?%/, { timeout: 30_000 });
  await expect(results).not.toContainText('random');
  await page.getByRole('button', { name: 'Go to latest step' }).click();
  await page.keyboard.press('Control+z');
  await goTo(page, 'Train');

  await answerDialogs(electron, join(folder, 'trained.netloom'));
  await page.keyboard.press('Control+s');
  await expect(page.getByRole('img', { name: 'unsaved changes' })).toHaveCount(0);
  await page.keyboard.press('Control+n');
  await expect(card(page, 'Conv2d conv1')).toHaveCount(0);
  await page.keyboard.press('Control+o');
  await isBack();

  await page.keyboard.press('Control+n');
  await runCommand(page, 'Show runs');
  const runs = page.getByRole('region', { name: 'Runs' });
  await runs.getByRole('row', { name: /done/ }).click();
  await runs.getByRole('button', { name: 'Open network', exact: true }).click();
  await isBack();
  await slider.press('Home');
  await expect(page.getByText('Showing step 0 of 500')).toBeVisible();
});
