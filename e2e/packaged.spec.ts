import { test } from './launch.ts';
import { thinLine } from './thinLine.ts';

test.skip(process.env.NETLOOM_E2E_PACKAGE !== '1', 'NETLOOM_E2E_PACKAGE=1 makes the package and tests it.');
test.use({ packaged: true });

test('the packaged app: from a dragged layer to an exported file', async ({ app }) => {
  await thinLine(app);
});
