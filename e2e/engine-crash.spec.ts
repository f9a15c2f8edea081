import { card, selectNothing, setField, train } from './actions.ts';
import { expect, test } from './launch.ts';

test('a killed engine loses neither the run nor the network', async ({ app: { electron, page } }) => {
  await card(page, 'Conv2d conv1').click();
  await setField(page, 'Output channels', '5');
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await expect(page.getByText(/^Epoch 1 \/ 10 · /)).toBeVisible();

  const killed = await electron.evaluate(({ app }) => {
    const engine = app.getAppMetrics().find(({ type, name }) => type === 'Utility' && name === 'Netloom engine');
    return engine !== undefined && process.kill(engine.pid, 'SIGKILL');
  });
  expect(killed).toBe(true);
  await expect(page.getByRole('alert').filter({ hasText: 'was restarted' })).toBeVisible();
  await expect(page.getByText(/^Training failed/)).toBeVisible();
  await expect(card(page, 'Conv2d conv1')).toContainText('5 channels');

  await expect(page.getByText(/^The run “LeNet” was interrupted after step [\d,]+ of 2,500\./)).toBeVisible();
  await page.getByRole('button', { name: 'Resume', exact: true }).click();
  await expect(page.getByText(/^Epoch \d+ \/ 10 · /)).toBeVisible();
  await page.keyboard.press('Shift+F5');
  await expect(page.getByText(/^Stopped · /)).toBeVisible();

  await selectNothing(page);
  await setField(page, 'Epochs', '1');
  await train(page);
});
