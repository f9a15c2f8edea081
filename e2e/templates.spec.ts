import { expect, test } from './launch.ts';

test('a template explains itself, and opens with other choices', async ({ app: { page } }) => {
  await page.getByTitle('Start page').click();
  await page.getByRole('searchbox', { name: 'Search templates' }).fill('resnet');
  await page.getByRole('button', { name: 'About ResNet-18, and what can be chosen', exact: true }).click();
  const about = page.getByRole('dialog', { name: 'ResNet-18', exact: true });
  await expect(about).toContainText('Deep Residual Learning for Image Recognition');
  await expect(about.getByRole('status')).toContainText('11,689,512 parameters');

  // Escape closes the dialog alone.
  await page.keyboard.press('Escape');
  await expect(about).toBeHidden();
  await page.getByRole('button', { name: 'About ResNet-18, and what can be chosen', exact: true }).click();

  await about.getByLabel('Depth').selectOption('34');
  await expect(about.getByRole('status')).toContainText('21,797,672 parameters');
  await about.getByLabel('Classes', { exact: true }).fill('10');
  await expect(about.getByRole('status')).toContainText('21,289,802 parameters');
  await about.getByLabel('Input').fill('3×1×1');
  await expect(about.getByRole('status')).toContainText('1');
  await page.keyboard.press('Escape');
  await expect(about.getByLabel('Input')).toHaveValue('3×224×224');
  await about.getByRole('button', { name: 'Open', exact: true }).click();

  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await expect(inspector).toContainText('21,289,802');
  await expect(inspector).toContainText('From the template ResNet-18.');
});
