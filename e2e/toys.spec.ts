import type { Page } from '@playwright/test';
import { answerDialogs, goTo, openStartPage } from './actions.ts';
import { expect, openTemplate, test } from './launch.ts';

const source = (page: Page) => page.getByRole('combobox', { name: 'Dataset' });

test('generated data by its sliders, and own points by mouse and keyboard, train', async ({
  app: { electron, page, folder },
}) => {
  await openStartPage(page);
  await openTemplate(page, 'XOR with two hidden units');
  await goTo(page, 'Data');

  // Each slider is one undo step, and the plot follows it before.
  await source(page).selectOption({ label: 'Moons' });
  const toy = page.getByRole('region', { name: 'Generated data' });
  const first = toy.getByRole('img', { name: 'Samples in the plane' }).locator('path').first();
  const before = await first.getAttribute('transform');
  const noise = toy.getByRole('slider', { name: 'Noise slider' });
  await noise.focus();
  await page.keyboard.down('ArrowRight');
  await expect(first).not.toHaveAttribute('transform', before ?? '');
  await page.keyboard.up('ArrowRight');
  await expect(toy.getByRole('textbox', { name: 'Noise' })).toHaveValue('0.11');
  await toy.getByRole('textbox', { name: 'Samples' }).fill('60');
  await page.keyboard.press('Enter');
  await expect(toy.getByRole('img').locator('path')).toHaveCount(60);
  await expect(source(page)).toHaveAttribute('title', 'moons:noise=0.11,samples=60');
  await page.keyboard.press('Escape');
  await page.getByRole('tab', { name: 'Data', exact: true }).focus();
  await page.keyboard.press('Control+z');
  await expect(source(page)).toHaveAttribute('title', 'moons:noise=0.11');
  await page.keyboard.press('Control+z');
  await expect(toy.getByRole('textbox', { name: 'Noise' })).toHaveValue('0.1');

  // Points: by keyboard, by mouse, erased, undone.
  await source(page).selectOption({ label: 'Your own points' });
  const plane = page.getByRole('application', { name: 'Plane for your own points' });
  const status = page.getByRole('region', { name: 'Plane for your own points' }).getByRole('status');
  await plane.focus();
  for (const key of ['Shift+ArrowLeft', 'Shift+ArrowLeft', 'Enter', 'ArrowUp', 'ArrowUp', 'Enter']) {
    await page.keyboard.press(key);
  }
  await page.keyboard.press('1');
  for (let at = 0; at < 4; at++) await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Enter');
  await expect(status).toHaveText('3 points of at most 1,000. Cursor at 1, 0.2.');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Delete');
  await expect(status).toContainText('3 points');
  const box = await plane.boundingBox();
  if (box === null) throw new Error('There is no plane.');
  await page.mouse.click(box.x + box.width * 0.8, box.y + box.height * 0.3);
  await expect(status).toContainText('4 points');
  await page.getByRole('radio', { name: 'erase' }).click();
  await page.mouse.click(box.x + box.width * 0.8, box.y + box.height * 0.3);
  await expect(status).toContainText('3 points');
  await page.mouse.click(box.x + box.width * 0.05, box.y + box.height * 0.05);
  await expect(page.getByText('There is no point at the cursor.')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(status).toContainText('4 points');

  await page.keyboard.press('F5');
  await expect(page.getByText(/^Done: epoch/)).toBeVisible({ timeout: 60_000 });
  // Other data, and back: the points are still there.
  await goTo(page, 'Data');
  await source(page).selectOption({ label: 'Circles' });
  await source(page).selectOption({ label: 'Your own points' });
  await expect(status).toContainText('4 points');

  // A published dataset that is not here: the network keeps its data, and the window says where to get it.
  await page.getByRole('button', { name: 'Get CIFAR-10' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Netloom downloads nothing' })).toBeVisible();
  const known = page.getByRole('region', { name: 'Published datasets' });
  await expect(known.getByRole('listitem')).toHaveCount(7);
  await expect(known.getByText('cifar-10-binary.tar.gz, 170,052,171 bytes')).toBeVisible();
  await answerDialogs(electron, folder);
  await known.getByRole('button', { name: 'Choose its folder…' }).click();
  await expect(page.getByRole('alert').filter({ hasText: folder })).toBeVisible();
  await expect(source(page)).toHaveValue('points');
});
