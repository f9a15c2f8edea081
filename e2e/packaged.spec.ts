import { join } from 'node:path';
import { FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire } from '@electron/fuses';
import { FuseState } from '@electron/fuses/dist/constants.js';
import { expect, root, test } from './launch.ts';
import { thinLine } from './thinLine.ts';

test.skip(!process.env.NETLOOM_E2E_PACKAGE, 'NETLOOM_E2E_PACKAGE=fallback makes the package and tests it.');
test.use({ packaged: true });

const executable = join(root, 'dist', 'linux-unpacked', 'netloom.bin');
/** Playwright drives the main process by this switch, so it is on while the test runs. */
const inspectable = (on: boolean) =>
  flipFuses(executable, { version: FuseVersion.V1, [FuseV1Options.EnableNodeCliInspectArguments]: on });

test.beforeAll(async () => {
  const off = [
    FuseV1Options.RunAsNode,
    FuseV1Options.EnableNodeOptionsEnvironmentVariable,
    FuseV1Options.EnableNodeCliInspectArguments,
    FuseV1Options.GrantFileProtocolExtraPrivileges,
  ];
  const wire = await getCurrentFuseWire(executable);
  for (const fuse of off) expect(wire[fuse], FuseV1Options[fuse]).toBe(FuseState.DISABLE);
  expect(wire[FuseV1Options.OnlyLoadAppFromAsar]).toBe(FuseState.ENABLE);
  await inspectable(true);
});
test.afterAll(() => inspectable(false));

test('the packaged app: from a dragged layer to an exported file', async ({ app }) => {
  await thinLine(app);
});
