// Builds, then runs the unit and integration tests (vitest) and those of the real app (Playwright).
//
//   tools/test.mjs [--unit | --e2e] [arguments for vitest or Playwright]
//
// NETLOOM_E2E_PACKAGE also makes the package first, for the tests that start it: `release` on the Electron of releases
// alone, `fallback` also on an older one.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ensureBuilt } from './ensureBuilt.mjs';
import { root } from './paths.mjs';
import { playwright, runPlaywright } from './playwright.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

const args = process.argv.slice(2);
const only = args[0] === '--unit' || args[0] === '--e2e' ? args.shift() : undefined;
const results = join(root, 'test-results');
const require = createRequire(import.meta.url);
const vitest = join(dirname(require.resolve('vitest/package.json')), 'vitest.mjs');

/** @param {string[]} command */
function run([command = '', ...rest]) {
  return spawnSync(command, rest, { cwd: root, stdio: 'inherit' }).status ?? 1;
}

/** @param {string} file */
function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/**
 * A tool that fails without naming a failed test (a file that does not load, no tests at all) counts as one failure.
 * @param {Counts} counts
 * @param {number} status
 * @returns {Counts}
 */
function withStatus(counts, status) {
  return status !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/** @returns {Counts} */
function runUnit() {
  const file = join(results, 'vitest.json');
  rmSync(file, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const status = run([process.execPath, vitest, 'run', ...reporters, ...(only === '--unit' ? args : [])]);
  const report = readReport(file);
  return withStatus(
    {
      passed: report?.numPassedTests ?? 0,
      failed: report?.numFailedTests ?? 0,
      skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0),
    },
    status,
  );
}

/** @returns {Promise<Counts>} */
async function runE2e() {
  const file = join(results, 'playwright.json');
  rmSync(file, { force: true });
  const chosen = only === '--e2e' ? args : [];
  const env = { PLAYWRIGHT_JSON_OUTPUT_NAME: file };

  if (process.platform === 'linux' && run([join(root, 'tools', 'setup-system')]) !== 0) {
    if (process.env.CI) {
      console.error('The end-to-end tests cannot run without them: failed.');
      return { passed: 0, failed: 1, skipped: 0 };
    }
    spawnSync(process.execPath, [playwright, 'test', '--list', '--reporter=json', ...chosen], {
      cwd: root,
      env: { ...process.env, ...env },
    });
    const tests = countTests(readReport(file)?.suites ?? []);
    const line = '*'.repeat(80);
    console.error(`${line}\n* SKIPPED: all ${tests} end-to-end tests, for want of the packages named above.\n${line}`);
    return { passed: 0, failed: 0, skipped: tests };
  }

  const wanted = process.env.NETLOOM_E2E_PACKAGE;
  const runtime = wanted === 'fallback' ? ['--fallback'] : [];
  if (wanted && run([process.execPath, 'tools/package.mjs', ...runtime]) !== 0) {
    console.error('The package could not be made: failed.');
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const status = await runPlaywright(['--reporter=list,json', ...chosen], env);
  const stats = readReport(file)?.stats;
  return withStatus(
    {
      passed: (stats?.expected ?? 0) + (stats?.flaky ?? 0),
      failed: stats?.unexpected ?? 0,
      skipped: stats?.skipped ?? 0,
    },
    status,
  );
}

/**
 * @typedef {{ specs?: { tests: unknown[] }[], suites?: Suite[] }} Suite
 * @param {Suite[]} suites
 * @returns {number}
 */
function countTests(suites) {
  return suites.reduce((sum, { specs = [], suites: inner = [] }) => {
    return sum + specs.reduce((n, { tests }) => n + tests.length, 0) + countTests(inner);
  }, 0);
}

try {
  ensureBuilt();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.log('0 passed, 1 failed, 0 skipped');
  process.exit(1);
}
/** @type {Counts[]} */
const parts = [];
if (only !== '--e2e') parts.push(runUnit());
if (only !== '--unit') {
  parts.push(
    await runE2e().catch((error) => {
      console.error(error instanceof Error ? error.message : error);
      return { passed: 0, failed: 1, skipped: 0 };
    }),
  );
}
/** @param {keyof Counts} key */
const sum = (key) => parts.reduce((n, counts) => n + counts[key], 0);
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
process.exitCode = sum('failed') > 0 || sum('passed') === 0 ? 1 : 0;
