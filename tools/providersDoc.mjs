// Writes the figures of docs/providers.md: results of every op and of the golden cases on the WebGPU provider, on the
// software driver (tools/softwareVulkan.mjs) or the one that VK_DRIVER_FILES names. Takes ten minutes on two cores.
//
//   node tools/providersDoc.mjs
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { root } from './paths.mjs';
import { softwareVulkan } from './softwareVulkan.mjs';

/** @typedef {Record<string, Record<string, number>>} Placement */
/** @typedef {{ op: string, about: string, status: string, note: string | null, placement: Placement }} OpReport */
/** @typedef {{ id: string, group: string, status: string, note: string | null, placement: Placement }} CaseReport */
/** @typedef {{ passed: number, failed: number, unsupported: number, total: number, placement: Placement }} Totals */

const [BEGIN, END] = ['<!-- figures: node tools/providersDoc.mjs -->', '<!-- end of figures -->'];

const { file, missing } = softwareVulkan();
if (file === null) throw new Error(`WebGPU cannot run here: ${missing}.`);

/** @param {string[]} args */
function netloom(...args) {
  const run = spawnSync(
    process.execPath,
    [join(root, 'bin', 'netloom.mjs'), ...args, '--provider', 'webgpu', '--json'],
    {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, VK_DRIVER_FILES: file ?? '' },
    },
  );
  const lines = run.stdout.split('\n').filter((line) => line.startsWith('{'));
  if (lines.length === 0) throw new Error(`netloom ${args.join(' ')} said nothing`);
  return lines.map((line) => JSON.parse(line));
}

/** @param {Iterable<readonly (string | number)[]>} rows */
const table = (rows) => [...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

/** @param {OpReport[]} reports */
function opRows(reports) {
  /** @type {Map<string, string[]>} */
  const byOutcome = new Map();
  for (const { op, about, status, note, placement } of reports) {
    const places = Object.entries(placement).flatMap(([place, ops]) => (op in ops ? [place] : []));
    const where = places.includes('cpu') ? 'on the CPU' : places.length > 0 ? 'on webgpu' : 'in parts';
    const outcome = status === 'fails' ? `fails: ${note}` : `${status}, ${where}`;
    byOutcome.set(outcome, [...(byOutcome.get(outcome) ?? []), `${op} (${about || 'plain'})`]);
  }
  // An op of which all cases end alike is named once.
  return [...byOutcome].map(([outcome, cases]) => {
    const ops = [...new Set(cases.map((each) => each.split(' (')[0] ?? ''))];
    const names = ops.map((op) => {
      const all = reports.filter((report) => report.op === op).length;
      const here = cases.filter((each) => each.startsWith(`${op} (`));
      if (here.length === all) return op;
      return `${op} (${here.map((each) => each.slice(op.length + 2, -1)).join('; ')})`;
    });
    return [outcome, names.join(', ')];
  });
}

/** @param {CaseReport[]} cases */
function groupRows(cases) {
  const groups = [...new Set(cases.map(({ group }) => group))];
  return groups.map((group) => {
    const here = cases.filter((each) => each.group === group);
    /** @param {string} status */
    const count = (status) => here.filter((each) => each.status === status).length;
    /** @param {string} place */
    const at = (place) => here.filter(({ placement }) => place in placement).length;
    return [`\`${group}\``, here.length, count('pass'), count('fail'), count('unsupported'), at('webgpu'), at('cpu')];
  });
}

/** @type {OpReport[]} */
const ops = netloom('providers', '--ops');
/** @type {[...CaseReport[], Totals]} */
const verified = /** @type {any} */ (netloom('verify', join('testdata', 'golden', 'cases.json')));
const totals = /** @type {Totals} */ (verified.at(-1));
const cases = /** @type {CaseReport[]} */ (verified.slice(0, -1));
const { version } = createRequire(import.meta.url)('onnxruntime-node/package.json');
const { library_path: library } = JSON.parse(readFileSync(file, 'utf8')).ICD;
const placed = Object.entries(totals.placement).map(([place, nodes]) => [
  place,
  Object.values(nodes).reduce((a, b) => a + b, 0),
  Object.entries(nodes)
    .sort(([, a], [, b]) => b - a)
    .map(([op, count]) => `${op} ${count}`)
    .join(', '),
]);

const figures = `onnxruntime-node ${version}, provider webgpu, Vulkan driver \`${basename(library)}\`.

### Every op by itself

\`netloom providers --ops --provider webgpu\`: ${ops.length} cases, each op in its ONNX form, compared with the interpreter.

${table([['outcome', 'ops'], ['---', '---'], ...opRows(ops)])}

### Golden cases

\`netloom verify testdata/golden/cases.json --provider webgpu\`: **${totals.passed} passed, ${totals.failed} failed, ${totals.unsupported} unsupported** of ${totals.total}.

${table([['group', 'cases', 'passed', 'failed', 'unsupported', 'with nodes on webgpu', 'on the CPU'], ['---', '--:', '--:', '--:', '--:', '--:', '--:'], ...groupRows(cases)])}
${cases
  .filter(({ status }) => status !== 'pass')
  .map(({ id, status, note }) => `\n- ${id}: ${status}, ${note}`)
  .join('')}
Where the nodes of these cases ran:

${table([['where', 'nodes', 'by op'], ['---', '--:', '---'], ...placed])}
`;

const doc = join(root, 'docs', 'providers.md');
const text = readFileSync(doc, 'utf8');
const [from, to] = [text.indexOf(BEGIN), text.indexOf(END)];
if (from === -1 || to < from) throw new Error(`${doc} has lost the marks around its figures`);
writeFileSync(doc, `${text.slice(0, from + BEGIN.length)}\n\n${figures}\n${text.slice(to)}`);
