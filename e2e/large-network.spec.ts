import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { answerDialogs, card } from './actions.ts';
import { onScreen, type Point, viewOf, zoomTo } from './canvasView.ts';
import { expect, test } from './launch.ts';
import { manyLayers } from './manyLayers.ts';

const network = manyLayers(1000);
const middle = network.nodes.find(({ layer }, index) => layer === 'conv2d' && index > 550);
const name = `Conv2d ${middle?.name}`;
const place = middle?.position as Point;

/** Drags the card by so many pixels, and takes that back: one step. */
async function dragAndUndo(page: Page, by: Point): Promise<void> {
  const middleOf = async () => {
    const box = await card(page, name).boundingBox();
    return box && { x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2) };
  };
  const at = await onScreen(page, place);
  await page.mouse.move(at.x, at.y);
  const start = await middleOf();
  await page.mouse.down();
  await page.mouse.move(at.x + by.x / 2, at.y + by.y / 2, { steps: 4 });
  await page.mouse.move(at.x + by.x, at.y + by.y, { steps: 4 });
  await page.mouse.up();
  const end = await middleOf();
  // Its neighbors may have pulled it a little.
  expect(Math.abs((end?.x ?? 0) - (start?.x ?? 0) - by.x)).toBeLessThanOrEqual(9);
  expect(Math.abs((end?.y ?? 0) - (start?.y ?? 0) - by.y)).toBeLessThanOrEqual(9);
  const undo = page.getByRole('button', { name: /^Undo/ });
  await undo.click();
  await expect(undo).toBeDisabled();
  await expect.poll(middleOf).toEqual(start);
}

test('a thousand layers are visible, selectable and draggable at every zoom', async ({
  app: { electron, page, folder },
}) => {
  const file = join(folder, 'many.json');
  writeFileSync(file, JSON.stringify(network));
  await answerDialogs(electron, file);
  await page.keyboard.press('Control+o');
  await expect(page.getByText('many.json')).toBeVisible();
  await expect.poll(async () => (await viewOf(page)).zoom).toBeLessThan(0.25);

  // All in view: painted, and what the pointer is over is real.
  await expect(page.locator('.react-flow__node')).toHaveCount(0);
  const at = await onScreen(page, place);
  await page.mouse.move(at.x, at.y);
  await expect(card(page, name)).toBeAttached();
  await page.mouse.click(at.x, at.y);
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await expect(inspector.getByRole('textbox', { name: 'Name' })).toHaveValue(middle?.name ?? '');
  await dragAndUndo(page, { x: 60, y: -40 });

  await zoomTo(page, 1, place);
  await expect(card(page, name)).toContainText('16 channels');
  expect(await page.locator('.react-flow__node').count()).toBeLessThan(120);
  await dragAndUndo(page, { x: 70, y: 30 });

  await page.getByRole('button', { name: 'Fit network to view' }).click();
  await expect.poll(() => page.locator('.react-flow__node').count()).toBeLessThan(40);
});
