import { card, drawSeven, goTo, probabilities, setField } from './actions.ts';
import { expect, test } from './launch.ts';

const button = (name: string) => ({ name, exact: true }) as const;

test('single step, resume, pause, stop', async ({ app: { page } }) => {
  await page.getByRole('button', button('Step')).click();
  await expect(page.getByText('Paused · step 1 of 2,500')).toBeVisible();
  await page.keyboard.press('F10');
  await expect(page.getByText('Paused · step 2 of 2,500')).toBeVisible();
  await page.getByRole('button', button('Resume')).click();
  await expect(page.getByText(/^Epoch 1 \/ 10 · /)).toBeVisible();
  await page.getByRole('button', button('Pause')).click();
  await expect(page.getByText(/^Paused · step /)).toBeVisible();
  await page.keyboard.press('Shift+F5');
  await expect(page.getByText(/^Stopped · /)).toBeVisible();
  await expect(page.getByRole('button', button('Resume run'))).toBeVisible();
  // The choice between the weights that are there and new ones is plain.
  await page.getByRole('button', button('More ways to train')).click();
  await expect(page.getByRole('menuitem', { name: /^Train from current weights .* do not change/ })).toBeEnabled();
  await expect(page.getByRole('menuitem', { name: /^Train from scratch \(.* keep their weights/ })).toBeEnabled();
  await expect(page.getByRole('menuitem', { name: /^Train from scratch, .* including frozen layers/ })).toBeDisabled();
});

test('editing during a run is allowed, and its consequence is explained', async ({ app: { page } }) => {
  await page.getByRole('button', button('Train')).click();
  await expect(page.getByText(/^Epoch 1 \/ 10 · /)).toBeVisible();
  await drawSeven(page);
  await expect.poll(async () => Math.max(...(await probabilities(page)))).toBeGreaterThan(0);
  const edited = page.getByText('This run still uses the version it started with');
  await expect(edited).toBeHidden();
  await goTo(page, 'Design');
  await card(page, 'Conv2d conv2').click();
  await setField(page, 'Output channels', '8');
  await goTo(page, 'Train');
  await expect(edited).toContainText('conv2, fc1 (2) are reinitialized');
  // The weights no longer fit: the layer that changed starts anew, or the pad says why it cannot.
  await expect(page.getByText(/^Epoch \d+ \/ 10 · /)).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(edited).toBeHidden();
  await page.keyboard.press('Shift+F5');
  await expect(page.getByText(/^Stopped · /)).toBeVisible();
});

test('single epoch, new learning rate, more epochs, queue, and resume after a stop', async ({ app: { page } }) => {
  await page.keyboard.press('Control+F10');
  await expect(page.getByText('Paused · step 250 of 2,500')).toBeVisible();
  await page.getByRole('button', button('Change this run')).click();
  const form = page.getByRole('dialog', { name: 'Change this run' });
  await form.getByLabel('Learning rate').fill('0.02');
  await form.getByLabel('Total epochs').fill('3');
  await form.getByRole('button', button('Apply')).click();
  await expect(page.getByText('Paused · step 250 of 750')).toBeVisible();
  await page.keyboard.press('F10');
  await page.getByRole('button', { name: 'Show Learning rate' }).click();
  const rate = page.getByRole('slider', { name: 'Learning rate by epoch' });
  await expect(rate).toBeVisible();
  await expect(page.getByText('Paused · step 251 of 750')).toBeVisible();
  await rate.press('End');
  await expect(rate).toHaveAttribute('aria-valuetext', /Step 251 .*Learning rate 0\.02;/);

  await page.keyboard.press('Control+F5');
  await expect(page.getByText('Queue (1):')).toBeVisible();
  await page.getByRole('button', { name: /^Remove “LeNet/ }).click();
  await expect(page.getByText('Queue (1):')).toBeHidden();

  await page.keyboard.press('Shift+F5');
  await expect(page.getByText('Stopped · 251 of 750 steps done')).toBeVisible();
  await page.getByRole('button', button('Resume run')).click();
  await expect(page.getByText('Done: epoch 3 / 3 · 750 steps')).toBeVisible({ timeout: 120_000 });
});
