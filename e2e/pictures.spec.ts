import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { answerDialogs, card } from './actions.ts';
import { expect, test } from './launch.ts';

/** Place of a card in the document's coordinates, whatever the view. */
const placeOf = (page: Page, name: string): Promise<{ readonly x: number; readonly y: number }> =>
  card(page, name).evaluate((element) => {
    const node = element.closest('.react-flow__node') ?? element;
    const { e, f } = new DOMMatrix(getComputedStyle(node).transform);
    return { x: Math.round(e), y: Math.round(f) };
  });

async function between(page: Page, from: string, to: string): Promise<{ readonly x: number; readonly y: number }> {
  const [a, b] = [await placeOf(page, from), await placeOf(page, to)];
  return { x: b.x - a.x, y: b.y - a.y };
}

async function dragCard(page: Page, name: string, by: { readonly x: number; readonly y: number }): Promise<void> {
  const box = await card(page, name).boundingBox();
  if (box === null) throw new Error(`There is no card '${name}'.`);
  const start = { x: box.x + 60, y: box.y + 35 };
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move(start.x + by.x / 2, start.y + by.y / 2, { steps: 4 });
  await page.mouse.move(start.x + by.x, start.y + by.y, { steps: 4 });
  await page.mouse.up();
}

test('automatic layout is one undo step', async ({ app: { page } }) => {
  const apart = () => between(page, 'Conv2d conv1', 'ReLU act1');
  await dragCard(page, 'ReLU act1', { x: 90, y: 46 });
  const messy = await apart();
  expect(messy.x).toBeGreaterThan(60);
  await page.keyboard.press('Control+Shift+L');
  await expect(page.locator('[data-gliding]')).toHaveCount(0);
  await expect.poll(async () => (await apart()).x).toBe(0);
  const tidy = await apart();
  await page.keyboard.press('Control+z');
  await expect.poll(apart).toEqual(messy);

  // Placed by hand: the others come to it.
  await page.keyboard.press('Control+l');
  await expect.poll(apart).toEqual(tidy);
});

for (const format of ['SVG', 'PNG'] as const) {
  test(`a picture in ${format} opens again as the network`, async ({ app: { electron, page, folder } }) => {
    const file = join(folder, `picture.${format.toLowerCase()}`);
    await answerDialogs(electron, file);
    await page.keyboard.press('Control+Shift+E');
    const dialog = page.getByRole('dialog', { name: 'Export image' });
    await dialog.getByRole('radio', { name: format }).check({ force: true });
    await expect(dialog.getByRole('img', { name: 'Image preview' })).toBeVisible();
    await dialog.getByRole('button', { name: 'Export…' }).click();
    await expect(page.getByRole('status').filter({ hasText: file })).toBeVisible();
    expect(readFileSync(file).length).toBeGreaterThan(10_000);

    await page.keyboard.press('Control+n');
    await expect(card(page, 'Conv2d conv1')).toHaveCount(0);
    await page.keyboard.press('Control+o');
    await expect(card(page, 'Conv2d conv1')).toContainText('5×5 · 6 channels');
    await expect(page.getByRole('group', { name: /^Linear / })).toHaveCount(3);
  });
}
