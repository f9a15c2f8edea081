import { test } from './launch.ts';
import { thinLine } from './thinLine.ts';

test('from a dragged layer to an exported file', async ({ app }) => {
  await thinLine(app);
});
