import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import { goTo } from './actions.ts';
import { faults } from './axe.ts';
import { expect, test } from './launch.ts';

/** A folder with 40 small gray images in each of two classes. */
function lamps(folder: string): string {
  const root = join(folder, 'lamps');
  for (const [name, brightness] of Object.entries({ off: 10, on: 200 })) {
    mkdirSync(join(root, name), { recursive: true });
    for (let at = 0; at < 40; at++) {
      const pixels = Uint8Array.from({ length: 784 }, (_, i) => brightness + ((i * 7 + at * 13) % 40));
      writeFileSync(join(root, name, `${at}.pgm`), Buffer.concat([Buffer.from('P5\n28 28\n255\n'), pixels]));
    }
  }
  return root;
}

async function fill(field: Locator, value: string): Promise<void> {
  await field.fill(value);
  await field.press('Enter');
}

test('split: shares with a test set, folds with their mean, test figures when asked, and moved data', async ({
  app: { electron, page, folder },
}) => {
  const root = lamps(folder);
  await electron.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
  }, root);
  await goTo(page, 'Data');
  await page.getByRole('button', { name: 'Choose folder…' }).click();
  const split = page.getByRole('region', { name: 'Split', exact: true });
  const all = split.getByRole('row', { name: /^All / });
  await expect(all).toHaveText('All64160');

  // Shares: counts follow, a split that leaves nothing is refused with a fix, and each step can be undone.
  await fill(split.getByRole('textbox', { name: 'Test fraction' }), '0.25');
  await expect(all).toHaveText('All441620');
  await expect(split.getByRole('row', { name: /^off / })).toHaveText('off22810');
  await fill(split.getByRole('textbox', { name: 'Test fraction' }), '0.85');
  await expect(split.getByRole('alert')).toContainText('nothing is left to train on');
  await split.getByRole('button', { name: 'Split 80/10/10' }).click();
  await expect(all).toHaveText('All6488');
  expect(await faults(page)).toEqual([]);
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await expect(all).toHaveText('All441620');

  // Folds: one run each, as a group with its mean.
  await split.getByLabel('Split', { exact: true }).selectOption('Cross-validation');
  await fill(split.getByRole('textbox', { name: 'Folds', exact: true }), '3');
  await expect(all).toHaveText('All53270');
  await split.getByRole('button', { name: 'Train all folds' }).click();
  await expect(page.getByText('(n = 3)')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('row', { name: /fold 3/ })).toBeVisible();

  // Back to shares: the test set is evaluated only when asked, and counted.
  await goTo(page, 'Data');
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await expect(all).toHaveText('All441620');
  await page.keyboard.press('F5');
  await expect(page.getByText('Done: epoch 10 / 10')).toBeVisible({ timeout: 60_000 });
  await goTo(page, 'Results');
  const tested = page.getByRole('region', { name: 'Test set' });
  await expect(tested.getByRole('status')).toHaveText('');
  await tested.getByRole('button', { name: 'Evaluate on the test set' }).click();
  await expect(tested.getByRole('status')).toContainText(/20 samples.*evaluated 1 time on/);
  await tested.getByRole('button', { name: 'Evaluate on the test set' }).click();
  await expect(tested.getByRole('status')).toContainText('evaluated 2 times on');

  // The folder moves: its settings stay, and it is found by a click. Other files in it are pointed out.
  const moved = join(folder, 'elsewhere', 'lights');
  mkdirSync(join(folder, 'elsewhere'));
  renameSync(root, moved);
  await electron.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
  }, moved);
  await goTo(page, 'Data');
  const data = page.getByRole('region', { name: 'Dataset', exact: true });
  await fill(data.getByRole('textbox', { name: 'Height' }), '30');
  await expect(data.getByRole('alert')).toContainText(`Dataset “lamps” is no longer at “${root}”`);
  await data.getByRole('button', { name: 'Find it…' }).click();
  await expect(data.getByRole('alert')).toHaveCount(0);
  await expect(data.getByRole('combobox', { name: 'Dataset' })).toHaveValue(moved);
  await expect(all).toHaveText('All441620');
  rmSync(join(moved, 'on', '0.pgm'));
  await fill(data.getByRole('textbox', { name: 'Height' }), '29');
  await expect(data.getByRole('alert')).toContainText('The files of “lights” have changed since it was chosen');
});
