import { card } from './actions.ts';
import { expect, launch as _launch, openTemplate, test } from './launch.ts';

test('a network of blocks opens from the gallery; layers become a block and are layers again', async ({ app }) => {
  const { page } = app;
  await page.getByRole('button', { name: 'Start page' }).click();
  await page.getByRole('searchbox', { name: 'Search templates' }).fill('resnet-18');
  await openTemplate(page, 'ResNet-18');
  await expect(page.getByRole('status').filter({ hasText: '11,689,512' })).toBeVisible();
});
