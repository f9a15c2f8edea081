// Imports, saves, opens and exports the cases of ONNX's own test suite, and compares the exported files with the expected outputs.
// A tool for developers: needs the suite (Debian's package libonnx-testdata, or the folder onnx/backend/test/data of ONNX).
//
//   node tools/onnxSuite.mjs [--data DIR] [--group GROUP]… [--filter NAME] [--types float32] [--json]
//
// GROUP: node, simple, pytorch-converted, pytorch-operator; all by default. --types: only cases whose inputs and outputs have
// these element types. Prints a line per case that did not pass and a table per group, and ends with 1 if a case failed.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createServer } from 'vite';
import { root } from './paths.mjs';

process.env.ORT_DISABLE_TELEMETRY = '1';

const GROUPS = ['pytorch-converted', 'pytorch-operator', 'simple', 'node'];
const { values: options } = parseArgs({
  options: {
    data: { type: 'string' },
    group: { type: 'string', multiple: true, default: GROUPS },
    filter: { type: 'string', default: '' },
    types: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const vite = await createServer({
  root,
  configFile: false,
  appType: 'custom',
  server: { middlewareMode: true, watch: null, ws: false },
  optimizeDeps: { noDiscovery: true },
});
/** @type {typeof import('../src/engine/importing/suiteCase.ts')} */
const { runSuiteCase, SUITE } = /** @type {any} */ (
  await vite.ssrLoadModule(join(root, 'src/engine/importing/suiteCase.ts'))
);
const { data = SUITE } = options;
if (!existsSync(data)) {
  console.error(`There is no suite in ${data}. Install libonnx-testdata, or give its folder as --data DIR.`);
  process.exit(1);
}
const wanted = options.types?.split(',');
/** @type {Record<string, { name: string } & Awaited<ReturnType<typeof runSuiteCase>>>} */
const all = {};
let hasFailed = false;

/** @param {readonly string[]} names */
const counted = (names) => {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => (count === 1 ? name : `${name} ${count}`)).join(', ');
};

for (const group of options.group) {
  /** @type {(typeof all)[string][]} */
  const results = [];
  for (const name of readdirSync(join(data, group)).sort()) {
    const folder = join(data, group, name);
    if (!name.includes(options.filter) || !existsSync(join(folder, 'model.onnx'))) continue;
    const result = await runSuiteCase(folder, wanted);
    if (result === null) continue;
    results.push({ name, ...result });
    all[`${group}/${name}`] = { name, ...result };
    if (!options.json && result.outcome !== 'passed')
      console.log(`${result.outcome} ${group}/${name}: ${result.reason}`);
  }
  hasFailed ||= results.some(({ outcome }) => outcome === 'failed');
  if (options.json) continue;
  /** @param {string} outcome */
  const having = (outcome) => results.filter((each) => each.outcome === outcome);
  const passed = having('passed');
  const withNodes = passed.filter(({ kept }) => kept.length > 0);
  console.log(
    `${group}: ${results.length} cases, ${passed.length} passed (${withNodes.length} with ONNX nodes), ` +
      `${having('refused').length} refused, ${having('runtime').length} not by the runtime, ${having('failed').length} failed`,
  );
  if (withNodes.length > 0) console.log(`  ONNX nodes: ${counted(withNodes.flatMap(({ kept }) => kept))}`);
}
if (options.json) console.log(JSON.stringify(all, null, 2));
await vite.close();
process.exitCode = hasFailed ? 1 : 0;
