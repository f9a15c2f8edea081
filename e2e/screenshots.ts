// The images of README and docs, taken from the real app: `npm run screenshots`. Training is the same to the bit each
// time; speeds and times in the images are those of the machine.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pngQuantizeSync } from '@napi-rs/image';
import type { ElectronApplication, Page } from '@playwright/test';
import { card, drawSeven, goTo, openStartPage, runCommand, selectNothing, setField, train } from './actions.ts';
import { expect, openTemplate, root, test } from './launch.ts';

const folder = join(root, 'docs', 'images');
mkdirSync(folder, { recursive: true });

const resize = (electron: ElectronApplication): Promise<void> =>
  electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1440, 900));

/** Writes the window as it is to `NAME.png`, with a palette of 256 colors, once nothing moves in it any more. */
async function shoot(page: Page, name: string): Promise<void> {
  await page.mouse.move(720, 899);
  await expect(page.locator('[data-gliding]')).toHaveCount(0);
  // A pointer that has just left something leaves its hint for a checkpoint.
  await page.waitForTimeout(800);
  // The warning of a checkout that runs on an older Electron is no part of the app.
  await page.locator('footer span[title*="Electron"]').evaluateAll((warnings) => {
    for (const warning of warnings) warning.remove();
  });
  // Hiding the caret takes a style that the page's policy refuses.
  const image = await page.screenshot({ animations: 'disabled', caret: 'initial' });
  writeFileSync(join(folder, `${name}.png`), pngQuantizeSync(image, { minQuality: 60, maxQuality: 95, speed: 1 }));
}

test.beforeEach(async ({ app: { electron, page } }) => {
  await resize(electron);
  await expect.poll(() => page.evaluate(() => window.innerWidth)).toBe(1440);
});

test('design', async ({ app: { page } }) => {
  await goTo(page, 'Design');
  await card(page, 'Linear fc1').click();
  await page.keyboard.press('Control+0');
  await card(page, 'Flatten flatten').click();
  await page.keyboard.press('Delete');
  await page.keyboard.press('Control+Shift+M');
  await card(page, 'Linear fc1').click();
  await shoot(page, 'design');
});

test('blocks', async ({ app: { page } }) => {
  await openStartPage(page);
  await page.getByRole('searchbox', { name: 'Search templates' }).fill('googlenet');
  await openTemplate(page, 'GoogLeNet');
  const block = page.getByRole('group', { name: /^Inception/ }).first();
  await block.click();
  await page.keyboard.press('o');
  await page.keyboard.press('Control+0');
  await shoot(page, 'blocks');
});

test('train', async ({ app: { page } }) => {
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await goTo(page, 'Train');
  await expect(page.getByText(/^Epoch 7 \/ 10/).first()).toBeVisible({ timeout: 120_000 });
  await shoot(page, 'train');
});

test('data, results and the inside', async ({ app: { page } }) => {
  await goTo(page, 'Data');
  await expect(page.getByText('10,000', { exact: true }).first()).toBeVisible();
  await shoot(page, 'data');
  await page.getByRole('tab', { name: 'Transforms' }).click();
  for (const name of ['RandomRotation', 'RandomResizedCrop']) {
    await page.getByRole('button', { name: 'Add transform', exact: true }).click();
    await page.getByRole('menuitem', { name: new RegExp(name) }).click();
  }
  await expect(page.getByRole('img', { name: /^Epoch \d+$/ })).toHaveCount(8);
  await shoot(page, 'transforms');
  for (let i = 0; i < 2; i++) await page.keyboard.press('Control+z');
  await selectNothing(page);
  await setField(page, 'Epochs', '5');
  await train(page);
  await goTo(page, 'Results');
  await page
    .getByRole('table', { name: 'Confusion matrix' })
    .getByRole('button', { name: /^true 9, predicted 4: / })
    .click();
  await drawSeven(page);
  await shoot(page, 'results');
});

test('runs', async ({ app: { page } }) => {
  await openStartPage(page);
  await openTemplate(page, 'Multilayer perceptron');
  await runCommand(page, 'Show runs');
  const runs = page.getByRole('region', { name: 'Runs' });
  await runs.getByRole('button', { name: 'Hyperparameter sweep…' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Hyperparameter sweep' });
  await dialog.getByLabel('Values of learning rate').fill('0.03, 0.1, 0.3');
  await dialog.getByRole('button', { name: 'Add hyperparameter' }).click();
  await dialog.getByLabel('Hyperparameter 2').selectOption('fc1.outFeatures');
  await dialog.getByLabel('Values of fc1 units').fill('16, 64, 256');
  await dialog.getByRole('button', { name: 'Add hyperparameter' }).click();
  await dialog.getByLabel('Hyperparameter 3').selectOption('recipe.epochs');
  await dialog.getByLabel('Values of epochs').fill('2');
  await dialog.getByRole('button', { name: 'Train 9 runs' }).click();
  await expect(runs.getByRole('grid', { name: 'Runs' }).getByRole('row', { name: /done/ })).toHaveCount(9, {
    timeout: 180_000,
  });
  await shoot(page, 'runs');
});

test('in Chinese and dark', async ({ app: { page } }) => {
  await runCommand(page, 'Theme: dark');
  await runCommand(page, '中文');
  await page.getByRole('banner').getByRole('button', { name: '训练', exact: true }).click();
  await page.keyboard.press('Control+3');
  await expect(page.getByText(/^第 7 \/ 10 轮/).first()).toBeVisible({ timeout: 120_000 });
  await shoot(page, 'train-zh');
});
