// Makes every image of README and docs from the real app (e2e/screenshots.ts) and writes them to docs/images.
//
//   npm run screenshots [-- -g TITLE]
import { ensureBuilt } from './ensureBuilt.mjs';
import { runPlaywright } from './playwright.mjs';

ensureBuilt();
process.exitCode = await runPlaywright([
  '--config=playwright.screenshots.config.ts',
  '--reporter=line',
  ...process.argv.slice(2),
]);
