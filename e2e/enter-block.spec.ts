import { card, openStartPage } from './actions.ts';
import { expect, openTemplate, test } from './launch.ts';

test('a built-in block is entered, made editable, and edited inside', async ({ app }) => {
  const { page } = app;
  const where = page.getByRole('navigation', { name: 'Location' });
  const crumb = (name: string) => where.getByRole('button', { name, exact: true });
  const total = (text: string) => expect(page.getByText(`${text} parameters`)).toBeVisible();
  /** Off the name, which would be edited. */
  const enter = (kind: string, name: string) => card(page, `${kind} ${name}`).dblclick({ position: { x: 20, y: 58 } });
  await openStartPage(page);
  await page.getByRole('searchbox', { name: 'Search templates' }).fill('resnet');
  await openTemplate(page, 'ResNet-18');
  await total('11,689,512');

  await enter('Residual stage', 'stage2');
  await expect(crumb('stage2')).toBeDisabled();
  await card(page, 'Residual block block1').click();
  await page.keyboard.press('Enter');
  await expect(where.getByRole('listitem')).toHaveText(['ResNet-18', '›stage2', '›block1']);
  await expect(card(page, 'Input port x')).toBeVisible();
  await expect(card(page, 'Output port y')).toBeVisible();

  await card(page, 'ReLU relu1').click();
  await expect(page.getByLabel('Name', { exact: true })).toBeDisabled();
  await page.keyboard.press('Delete');
  await expect(page.getByText(/^“block1” is a built-in block/)).toBeVisible();
  await expect(card(page, 'ReLU relu1')).toBeVisible();
  await page.getByRole('button', { name: 'Convert to editable block' }).click();
  await expect(page.getByText(/^“block1” is a built-in block/)).toHaveCount(0);
  await total('11,689,512');

  await page.locator('.react-flow__edge[data-id="relu1.y>conv2.x"] path').first().dispatchEvent('dblclick');
  await page.getByRole('combobox').fill('flatten');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('group', { name: /^Flatten / })).toBeVisible();
  await expect(page.getByRole('button', { name: 'problems: 2' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(where.getByRole('listitem')).toHaveText(['ResNet-18', '›stage2']);
  await crumb('ResNet-18').click();
  await expect(where).toHaveCount(0);
  await expect(card(page, 'Residual stage stage2')).toBeVisible();

  await page.getByRole('tab', { name: /^Problems/ }).click();
  await page
    .getByRole('list', { name: 'Problems by layer' })
    .getByRole('button', { name: /^Show stage2\/block1\// })
    .click();
  await expect(crumb('block1')).toBeDisabled();
  await page.getByRole('tab', { name: 'History' }).click();
  await expect(page.getByText(/^In “Residual block”: inserted Flatten/)).toBeVisible();

  await page.keyboard.press('Control+z');
  await expect(page.getByRole('button', { name: 'not trainable here' })).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('button', { name: 'Convert to editable block' })).toBeVisible();
  await total('11,689,512');
});
