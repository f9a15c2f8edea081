import { openStartPage, runCommand } from './actions.ts';
import { expect, openTemplate, test } from './launch.ts';

test('a network of blocks opens from the gallery; layers are grouped into a block and ungrouped', async ({ app }) => {
  const { page } = app;
  const layer = (name: string) => page.getByRole('group', { name: new RegExp(` ${name}$`) });
  await openStartPage(page);
  await page.getByRole('searchbox', { name: 'Search templates' }).fill('resnet');
  await openTemplate(page, 'ResNet-18');
  await expect(page.getByText('11,689,512').first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'not trainable here' })).toBeVisible();

  const stage = page.getByRole('group', { name: /^Residual/ });
  await expect(stage.first()).toBeVisible();
  await stage.first().click();
  await expect(
    page
      .getByRole('region', { name: 'Contents' })
      .getByRole('rowheader', { name: /conv1$/ })
      .first(),
  ).toBeVisible();

  await layer('stem.conv1').click();
  await layer('stem.bn1').click({ modifiers: ['Shift'] });
  await page.keyboard.press('Control+g');
  await expect(page.getByRole('dialog', { name: 'Group into block' }).getByLabel('Name')).toBeFocused();
  await page.keyboard.press('Enter');
  const made = layer('block1');
  await expect(made).toBeFocused();
  await expect(layer('stem.conv1')).toHaveCount(0);
  await expect(page.getByText('11,689,512').first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'not trainable here' })).toBeVisible();

  await expect(page.getByRole('dialog', { name: 'Group into block' })).toHaveCount(0);
  await page.keyboard.press('Control+Shift+g');
  await expect(layer('stem.conv1')).toBeFocused();
  await expect(made).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(made).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(layer('stem.bn1')).toBeVisible();

  await openStartPage(page);
  await page.getByRole('searchbox', { name: 'Search templates' }).fill('alexnet');
  await openTemplate(page, 'AlexNet');
  await expect(layer('conv5')).toBeVisible();
  await runCommand(page, 'Find repeated blocks');
  await expect(page.getByText('Found repeated blocks: 5 × Conv unit.')).toBeVisible();
  await expect(layer('unit1')).toBeVisible();
  await expect(layer('conv5')).toHaveCount(0);
  await runCommand(page, 'Find repeated blocks');
  await expect(page.getByText('No repeated structure was found')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(layer('conv5')).toBeVisible();
});
