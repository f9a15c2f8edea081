import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome');

const allowed: [file: string, imports: string][] = [
  ['src/ir/a.ts', './shape.ts'],
  ['src/ir/b.ts', '../text.ts'],
  ['src/ir/a.test.ts', '../compile/forward.ts'],
  ['src/layers/a.ts', '../ir/builder.ts'],
  ['src/onnx/a.ts', '@bufbuild/protobuf'],
  ['src/compile/a.ts', '../autodiff/backward.ts'],
  ['src/layout/a.ts', '../graph/document.ts'],
  ['src/export/a.ts', '../layout/card.ts'],
  ['src/engine/a.ts', 'node:fs'],
  ['src/protocol.ts', './graph/document.ts'],
  ['templates/index.ts', '../src/graph/document.ts'],
  ['electron/a.ts', '../src/engine/trainer.ts'],
  ['renderer/canvas/a.tsx', '../../src/check/check.ts'],
];

const refused: [file: string, imports: string][] = [
  ['src/text.ts', 'node:fs'],
  ['src/clock.ts', './engine/trainer.ts'],
  ['src/ir/c.ts', '../graph/document.ts'],
  ['src/ir/d.ts', 'node:fs'],
  ['src/graph/a.ts', '../ir/shape.ts'],
  ['src/graph/b.ts', 'react'],
  ['src/layers/b.ts', '../check/check.ts'],
  ['src/check/a.ts', '../compile/forward.ts'],
  ['src/autodiff/a.ts', '../layers/index.ts'],
  ['src/optim/a.ts', '../autodiff/backward.ts'],
  ['src/onnx/b.ts', '../compile/forward.ts'],
  ['src/compile/b.ts', '../engine/trainer.ts'],
  ['src/data/a.ts', 'onnxruntime-node'],
  ['src/layout/b.ts', 'elkjs'],
  ['src/export/b.ts', '../engine/exporter.ts'],
  ['src/newFolder/a.ts', '../ir/shape.ts'],
  ['src/engine/b.ts', 'electron'],
  ['src/engine/c.ts', '../cli/main.ts'],
  ['src/cli/a.ts', '../../electron/main.ts'],
  ['templates/a.ts', '../src/engine/trainer.ts'],
  ['electron/b.ts', '../renderer/App.tsx'],
  ['renderer/a.ts', '../electron/main.ts'],
  ['renderer/canvas/b.tsx', '../../src/engine/trainer.ts'],
  ['renderer/canvas/c.tsx', '../../src/compile/forward.ts'],
  ['renderer/canvas/d.tsx', 'node:path'],
];

let caught: Set<string>;
let folder: string;

// One run over a scratch tree of one-line files with the project's own rules.
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'netloom-import-rule-'));
  for (const [file, imports] of [...allowed, ...refused]) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), `export * from '${imports}';\n`);
  }
  const configuration = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8'));
  configuration.vcs.enabled = false;
  writeFileSync(join(folder, 'biome.json'), JSON.stringify(configuration));
  const args = ['lint', '--only=style/noRestrictedImports', '--reporter=json', '--max-diagnostics=200'];
  const run = spawnSync(process.execPath, [biome, ...args], { cwd: folder, encoding: 'utf8' });
  const report = JSON.parse(run.stdout) as { diagnostics: { category: string; location: { path: string } }[] };
  const violations = report.diagnostics.filter(({ category }) => category === 'lint/style/noRestrictedImports');
  caught = new Set(violations.map(({ location }) => location.path.replaceAll('\\', '/')));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(allowed)('%s may import %s', (file) => expect(caught).not.toContain(file));
test.each(refused)('%s must not import %s', (file) => expect(caught).toContain(file));
