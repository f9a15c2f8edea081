import type { Page } from '@playwright/test';
import { CARD } from '../src/layout/card.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where the canvas is looked at from, and where it is in the window. */
export async function viewOf(page: Page) {
  const box = await page.locator('.react-flow').boundingBox();
  if (box === null) throw new Error('There is no canvas.');
  const transform = await page.evaluate(() => {
    const viewport = document.querySelector('.react-flow__viewport');
    const { a, e, f } = new DOMMatrix(viewport === null ? '' : getComputedStyle(viewport).transform);
    return { zoom: a, x: e, y: f };
  });
  return { box, ...transform };
}

/** The middle of a card at `position`, on the screen. */
export async function onScreen(page: Page, position: Point): Promise<Point> {
  const { box, zoom, x, y } = await viewOf(page);
  return {
    x: box.x + x + (position.x + CARD.width / 2) * zoom,
    y: box.y + y + (position.y + CARD.height / 2) * zoom,
  };
}

/** Zooms with the wheel, the card at `position` staying where it is. */
export async function zoomTo(page: Page, zoom: number, position: Point): Promise<void> {
  for (let step = 0; step < 4; step++) {
    const view = await viewOf(page);
    if (Math.abs(view.zoom / zoom - 1) < 0.01) break;
    const { x, y } = await onScreen(page, position);
    await page.mouse.move(x, y);
    // With Ctrl a wheel zooms, whatever the device.
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -Math.log2(zoom / view.zoom) / 0.002);
    await page.keyboard.up('Control');
    await page.waitForTimeout(400);
  }
}
