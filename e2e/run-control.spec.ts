import { card, drawSeven, probabilities, setField } from './actions.ts';
import { expect, test } from './launch.ts';

const button = (name: string) => ({ name, exact: true }) as const;

test('single step, resume, pause, stop', async ({ app: { page } }) => {
  await page.getByRole('button', button('Step')).click();
  await expect(page.getByText('Paused at step 1 of 2,500')).toBeVisible();
  await page.keyboard.press('F10');
  await expect(page.getByText('Paused at step 2 of 2,500')).toBeVisible();
  await page.getByRole('button', button('Resume')).click();
  await expect(page.getByText(/^Epoch 1 \/ 10 · /)).toBeVisible();
  await page.getByRole('button', button('Pause')).click();
  await expect(page.getByText(/^Paused at step /)).toBeVisible();
  await page.keyboard.press('Shift+F5');
  await expect(page.getByText(/^Stopped after /)).toBeVisible();
  await expect(page.getByRole('button', button('Continue'))).toBeVisible();
});

test('editing during a run is allowed, and the difference is said', async ({ app: { page } }) => {
  await page.getByRole('button', button('Train')).click();
  await expect(page.getByText(/^Epoch 1 \/ 10 · /)).toBeVisible();
  await drawSeven(page);
  await expect.poll(async () => Math.max(...(await probabilities(page)))).toBeGreaterThan(0);
  const differs = page.getByText('The drawing differs from the network that was trained.');
  await expect(differs).toBeHidden();
  await card(page, 'Conv2d conv2').click();
  await setField(page, 'Filters', '8');
  await expect(differs).toBeVisible();
  // The weights no longer fit: the layer that changed starts anew, or the pad says why it cannot.
  await expect(page.getByText(/^Epoch \d+ \/ 10 · /)).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(differs).toBeHidden();
  await page.keyboard.press('Shift+F5');
  await expect(page.getByText(/^Stopped after /)).toBeVisible();
});
