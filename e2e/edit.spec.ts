import type { Locator } from '@playwright/test';
import { card } from './actions.ts';
import { expect, test } from './launch.ts';

const place = async (locator: Locator) => {
  const box = await locator.boundingBox();
  return { x: Math.round(box?.x ?? Number.NaN), y: Math.round(box?.y ?? Number.NaN) };
};

test('a drag is one step to undo and to redo', async ({ app: { page } }) => {
  const classes = card(page, 'Classifier classes');
  const start = await place(classes);
  await page.mouse.move(start.x + 60, start.y + 45);
  await page.mouse.down();
  await page.mouse.move(start.x + 80, start.y + 100, { steps: 8 });
  await page.mouse.move(start.x + 90, start.y + 165, { steps: 8 });
  await page.mouse.up();
  const end = await place(classes);
  expect(end.y).toBeGreaterThan(start.y + 90);

  const undo = page.getByRole('button', { name: /^Undo/ });
  await page.keyboard.press('Control+z');
  await expect.poll(() => place(classes)).toEqual(start);
  await expect(undo).toBeDisabled();
  await page.keyboard.press('Control+Shift+z');
  await expect.poll(() => place(classes)).toEqual(end);
});

test('typing is one step to undo, and a wrong value changes nothing', async ({ app: { page } }) => {
  await card(page, 'Conv2d conv1').click();
  const filters = page.getByRole('textbox', { name: 'Output channels' });
  await filters.fill('12');
  await filters.fill('120');
  await expect(card(page, 'Conv2d conv1')).toContainText('120 channels');
  await filters.press('Enter');

  // 12 alone would be allowed; the whole text is not.
  await filters.press('Control+a');
  await filters.pressSequentially('12,');
  await expect(card(page, 'Conv2d conv1')).toContainText('120 channels');
  await filters.press('Enter');
  await expect(filters).toHaveValue('12,');
  await filters.blur();
  await expect(filters).toHaveValue('120');
  await expect(page.getByRole('alert')).toContainText('“12,” was not accepted');

  await filters.fill('0');
  await expect(page.getByRole('alert')).toContainText('a whole number from 1');
  await filters.blur();
  await expect(filters).toHaveValue('120');
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect(card(page, 'Conv2d conv1')).toContainText('6 channels');
  await expect(page.getByRole('button', { name: /^Undo/ })).toBeDisabled();
});

test('a deleted layer heals its connection, and ports connect by dragging', async ({ app: { page } }) => {
  await card(page, 'ReLU act1').click();
  await page.keyboard.press('Delete');
  await expect(card(page, 'ReLU act1')).toBeHidden();
  await expect(page.getByRole('button', { name: 'no problems' })).toBeVisible();

  // Past the pooling: the next convolution gets what the first one gives.
  await card(page, 'Conv2d conv1').getByLabel('output y').dragTo(card(page, 'Conv2d conv2').getByLabel('input x'));
  await expect(
    page.getByRole('img', { name: 'Connection conv1 → conv2' }).or(page.getByLabel('conv1 → conv2')),
  ).toBeAttached();
  await expect(page.getByLabel('pool1 → conv2')).toHaveCount(0);
});

test('a layer is added from the keyboard and renamed on its card', async ({ app: { page } }) => {
  await card(page, 'Linear fc1').click();
  await page.getByRole('searchbox', { name: 'Search layers…' }).fill('全连接');
  await page.keyboard.press('Enter');
  // Two linear layers in a row are one: that is advice, no error.
  await expect(page.getByRole('tab', { name: 'Problems (1)' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Train', exact: true })).not.toHaveAttribute('aria-disabled', 'true');
  await card(page, 'Linear fc4').getByText('fc4', { exact: true }).dblclick();
  await page.getByRole('textbox', { name: 'Layer name' }).fill('middle');
  await page.keyboard.press('Enter');
  await expect(card(page, 'Linear middle')).toBeVisible();
});

test('a layer added out of sight is brought into view', async ({ app: { page } }) => {
  await card(page, 'Conv2d conv1').click();
  await page.getByRole('button', { name: 'Zoom in' }).click({ clickCount: 3 });
  // Each goes below the last, soon beyond the edge of what is seen.
  await page.getByRole('option', { name: 'ReLU', exact: true }).dblclick();
  await page.getByRole('option', { name: 'Sigmoid', exact: true }).dblclick();
  await page.getByRole('option', { name: 'Tanh', exact: true }).dblclick();
  const view = await page.getByRole('region', { name: 'Network' }).boundingBox();
  await expect
    .poll(async () => {
      const box = await card(page, 'Tanh tanh').boundingBox();
      return box !== null && view !== null && box.y >= view.y && box.y + box.height <= view.y + view.height;
    })
    .toBe(true);
});
