import { selectNothing, setField } from './actions.ts';
import { expect, test } from './launch.ts';

test('a learning rate that is too high is diagnosed and fixed by a button', async ({ app: { page } }) => {
  test.setTimeout(180_000);
  await selectNothing(page);
  await setField(page, 'Epochs', '1');
  await setField(page, 'Learning rate', '3');
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  const findings = page.getByRole('region', { name: 'Diagnosis' });
  await page.getByRole('button', { name: /^Show findings/ }).click({ timeout: 120_000 });
  const finding = findings.getByRole('listitem').filter({ hasText: 'The learning rate is too high' });
  await expect(finding).toBeVisible();
  await expect(page.getByRole('tab', { name: /^Curves \(\d\)$/ })).toBeVisible();
  await finding.getByRole('button', { name: 'Set the learning rate to 0.1' }).click();
  const rate = page.getByRole('region', { name: 'Training settings' }).getByLabel('Learning rate', { exact: true });
  await expect(rate).toHaveValue('0.1');
  await expect(page.getByRole('button', { name: 'Train from scratch' })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(rate).toHaveValue('3');
  await finding.getByRole('button', { name: /^Hide “/ }).click();
  await expect(finding).toBeHidden();
});
