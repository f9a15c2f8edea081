import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { answerDialogs, card } from './actions.ts';
import { expect, test } from './launch.ts';

test('the cost of every layer is sorted, selects on the canvas, and is written as CSV', async ({
  app: { electron, page, folder },
}) => {
  await page.getByRole('tab', { name: 'Analysis' }).click();
  const table = page.getByRole('table', { name: 'Cost per layer' });
  await table.getByRole('button', { name: 'MACs' }).click();
  await expect(table.getByRole('columnheader', { name: 'MACs' })).toHaveAttribute('aria-sort', 'descending');
  await expect(table.getByRole('row').nth(1)).toContainText('conv2');
  await expect(table.getByRole('row', { name: /^Total/ })).toContainText('61,706');

  await table.getByRole('button', { name: 'conv1' }).click();
  await expect(
    page.getByRole('complementary', { name: 'Inspector' }).getByRole('heading', { name: /conv1/ }),
  ).toBeVisible();
  await page.keyboard.press('ArrowUp');
  await expect(table.getByRole('button', { name: 'conv2' })).toBeFocused();
  await card(page, 'Linear fc3').click();
  await expect(table.getByRole('row', { name: /fc3/ })).toHaveAttribute('aria-current', 'true');

  const figures = page.getByRole('definition').first();
  await expect(figures).toHaveText(/MB$/);
  const small = await figures.textContent();
  await page.getByRole('spinbutton', { name: 'Batch size' }).fill('256');
  await expect(figures).not.toHaveText(small ?? '');
  await expect(figures).toHaveText(/MB$/);

  const file = join(folder, 'cost.csv');
  await answerDialogs(electron, file);
  await page.getByRole('button', { name: 'Export the table as CSV' }).click();
  await expect(page.getByRole('status').filter({ hasText: file })).toBeVisible();
  const lines = readFileSync(file, 'utf8').trim().split('\r\n');
  expect(lines).toHaveLength(16);
  expect(lines[1]).toBe('conv2,Conv2d,16×10×10,2416,0,240000,1638400');
  expect(lines.at(-1)).toMatch(/^Total,,,61706,0,416520,/);
});

test('a common mistake is fixed by its button, and undo restores it', async ({ app: { page } }) => {
  await card(page, 'Flatten flatten').click();
  await page.keyboard.press('Delete');
  await page.getByRole('tab', { name: 'Problems (1)' }).click();
  const fix = page
    .getByRole('list', { name: 'Problems by layer' })
    .getByRole('button', { name: 'Insert Flatten between “pool2” and “fc1”' });
  await fix.hover();
  await expect(page.getByText('no errors left')).toBeVisible();
  await fix.click();
  await expect(page.getByText('No problems. The network can be trained and exported.')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(fix).toBeVisible();
});
