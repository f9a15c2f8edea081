import { drawSeven, goTo, openStartPage, probabilities } from './actions.ts';
import { faults } from './axe.ts';
import { expect, openTemplate, test } from './launch.ts';

/** An image file of a black 1 on white paper, made by the page itself. */
async function dropOne(drop: import('@playwright/test').Locator): Promise<void> {
  await drop.evaluate(async (target) => {
    const sheet = new OffscreenCanvas(120, 90);
    const context = sheet.getContext('2d');
    if (context === null) throw new Error('There is no 2D canvas.');
    context.fillStyle = '#fff';
    context.fillRect(0, 0, 120, 90);
    context.fillStyle = '#000';
    context.fillRect(56, 15, 8, 60);
    const blob = await sheet.convertToBlob();
    const data = new DataTransfer();
    for (const name of ['one.png', 'again.png']) data.items.add(new File([blob], name, { type: 'image/png' }));
    target.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
  });
}

test('results lead to their samples, and imported images are predicted', async ({ app: { electron, page } }) => {
  await goTo(page, 'Results');
  const results = page.getByRole('tabpanel', { name: 'Evaluation' });
  await results.getByRole('button', { name: 'Train' }).click();
  await expect(page.getByText(/^Epoch 2 \/ 10 · /)).toBeVisible({ timeout: 60_000 });
  await goTo(page, 'Results');
  const matrix = page.getByRole('table', { name: 'Confusion matrix' });
  const ones = matrix.getByRole('button', { name: /^true 1, predicted 1: / });
  await ones.click();
  await page.keyboard.press('Shift+F5');
  await expect(page.getByRole('button', { name: 'Resume run' })).toBeVisible();
  await expect(page.getByRole('heading', { name: /^1 predicted correctly: / })).toBeVisible();
  await page.getByRole('tab', { name: 'Misclassified' }).click();
  const worst = page.getByRole('button', { name: /^Sample \d+: true \d, predicted \d/ }).first();
  expect(await faults(page)).toEqual([]);
  const predict = page.getByRole('region', { name: 'Predict your own input' });
  // The list is computed again when the run has stopped, perhaps between the two.
  await expect(async () => {
    const index = /^Sample (\d+)/.exec((await worst.getAttribute('aria-label')) ?? '')?.[1] ?? '';
    await worst.click();
    await expect(predict.getByRole('heading', { name: /^sample [\d,]+, true class \d/ })).toContainText(
      Number(index).toLocaleString('en'),
      { timeout: 2000 },
    );
  }).toPass();
  await expect.poll(async () => Math.max(...(await probabilities(page)))).toBeGreaterThan(0);

  await dropOne(predict);
  const one = page.getByRole('meter', { name: 'Probability of 1' });
  await expect(page.getByText('Colors inverted')).toBeVisible();
  await expect.poll(async () => Number(await one.getAttribute('aria-valuenow'))).toBeGreaterThan(0.5);
  await expect(page.getByRole('table', { name: 'Predictions for the images' }).getByRole('row')).toHaveCount(2);
  await predict.getByRole('button', { name: 'Draw', exact: true }).click();
  await drawSeven(page);
  await expect.poll(async () => Math.max(...(await probabilities(page)))).toBeGreaterThan(0.2);

  // Samples of one dataset are none of another.
  await worst.click();
  await expect(predict.getByRole('heading', { name: /^sample [\d,]+, true class \d/ })).toBeVisible();
  await electron.evaluate(({ dialog }) => {
    dialog.showMessageBox = async () => ({ response: 1, checkboxChecked: false });
  });
  await openStartPage(page);
  await openTemplate(page, 'Linear regression');
  await expect(predict.getByRole('heading', { name: /^sample \d+, target −?[\d.]+$/ })).toBeVisible();
  await expect(page.getByRole('img', { name: 'Drawing pad for a digit' })).toBeHidden();
});
