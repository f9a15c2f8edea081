import type { Page } from '@playwright/test';
import { card, openStartPage, runCommand } from './actions.ts';
import { expect, openTemplate, test } from './launch.ts';

async function openMlp(page: Page): Promise<void> {
  await openStartPage(page);
  await openTemplate(page, 'Multilayer perceptron');
}

test('a grid of four runs fills the table; one is deleted', async ({ app: { page } }) => {
  await openMlp(page);
  await runCommand(page, 'Show runs');
  const runs = page.getByRole('region', { name: 'Runs' });
  await expect(runs.getByText('No runs yet')).toBeVisible();
  await runs.getByRole('button', { name: 'Hyperparameter sweep…' }).first().click();

  const dialog = page.getByRole('dialog', { name: 'Hyperparameter sweep' });
  await dialog.getByLabel('Values of learning rate').fill('0.05, 0.2');
  await dialog.getByRole('button', { name: 'Add hyperparameter' }).click();
  await dialog.getByLabel('Hyperparameter 2').selectOption('fc1.outFeatures');
  await dialog.getByLabel('Values of fc1 units').fill('8, 16');
  await dialog.getByRole('button', { name: 'Add hyperparameter' }).click();
  await dialog.getByLabel('Hyperparameter 3').selectOption('recipe.epochs');
  await dialog.getByLabel('Values of epochs').fill('1');
  await expect(dialog.getByRole('status')).toContainText('4 runs');
  await dialog.getByRole('button', { name: 'Train 4 runs' }).click();

  const table = runs.getByRole('grid', { name: 'Runs' });
  await expect(table.getByRole('row', { name: /done/ })).toHaveCount(4, { timeout: 120_000 });
  const lines = runs.locator('polyline');
  await expect(lines).toHaveCount(4);
  await expect(table.getByRole('row', { name: /learning rate 0.05 · fc1 units 8/ })).toBeVisible();

  // Half of an axis is half of the runs.
  const end = runs.getByRole('slider', { name: 'learning rate: from' });
  await end.focus();
  await page.keyboard.press('End');
  await expect(table.getByRole('row', { name: /done/ })).toHaveCount(2);
  await page.keyboard.press('Escape');
  await expect(table.getByRole('row', { name: /done/ })).toHaveCount(4);

  await table.getByRole('row', { name: /learning rate 0.05 · fc1 units 16/ }).click();
  const details = runs.getByRole('complementary', { name: 'Details' });
  await expect(details.getByRole('img', { name: 'Loss', exact: true })).toBeVisible();
  await table.focus();
  await page.keyboard.press('Delete');
  await page.getByRole('dialog', { name: 'Delete runs' }).getByRole('button', { name: 'Delete' }).click();
  await expect(table.getByRole('row', { name: /done/ })).toHaveCount(3);
  await expect(lines).toHaveCount(3);
});

test('an ablation study trains with and without a layer, with two seeds', async ({ app: { page } }) => {
  await openMlp(page);
  await card(page, 'ReLU relu1').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Ablation study…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Ablation study: relu1' });
  await dialog.getByLabel('Number of seeds').fill('2');
  await dialog.getByLabel('Epochs').fill('1');
  await dialog.getByRole('button', { name: 'Train 4 runs' }).click();
  const table = page.getByRole('table', { name: 'Ablation study' });
  const without = table.getByRole('row', { name: /without relu1/ });
  await expect(without).toContainText('2 of 2', { timeout: 120_000 });
  await expect(without).toContainText(/[+−]\d+\.\d\d pp/);
  await runCommand(page, 'Show runs');
  await expect(table).toBeHidden();
});
