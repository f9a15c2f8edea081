import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/** Packages that run in the page. */
const page = ['react', 'react-dom', 'zustand', 'zod', '@base-ui/react', '@tanstack/react-virtual'];
/** Rooms of `src` that the page takes types and pure functions from: all that neither compile nor run a network. */
const pure = [
  'src/text.ts',
  'src/theme.ts',
  'src/provider.ts',
  'src/sizeText.ts',
  'src/opsets.ts',
  'src/exportFormats.ts',
  'src/worksWith.ts',
  'src/elementTypes.ts',
  'src/protocol',
  'src/desktopCalls.ts',
  'src/graph',
  'src/layers',
  'src/blocks',
  'src/check',
  'src/plan',
  'src/compare',
  'src/data',
  'src/doctor',
  'src/export',
  'src/layout',
  'src/look',
  'src/metrics',
  'src/runs',
  'src/sweep',
  'src/transforms',
];

const engine = [
  ...pure,
  'src/float16.ts',
  'src/nearest.ts',
  'src/salvageValue.ts',
  'src/random',
  'src/ir',
  'src/autodiff',
  'src/optim',
  'src/onnx',
  'src/compile',
  'src/importing',
  'src/python',
  'src/pytorch',
  'src/keras',
  'node:',
  'onnxruntime-node',
  '@bufbuild/protobuf',
  'elkjs',
  '@napi-rs/image',
  'yauzl',
  'zod',
  'fflate',
];

/**
 * The rooms of the repository, and what each may import besides itself: other rooms, and packages. A file belongs to the
 * room with the longest path that leads to it; a file of `src` without a room may import nothing. Tests are free.
 */
export const rooms: Readonly<Record<string, readonly string[]>> = {
  src: [],
  'src/text.ts': ['zod'],
  'src/theme.ts': ['zod'],
  'src/provider.ts': ['zod'],
  'src/sizeText.ts': [],
  'src/opsets.ts': [],
  'src/exportFormats.ts': ['src/text.ts'],
  'src/worksWith.ts': ['src/text.ts'],
  'src/elementTypes.ts': [],
  'src/decimal.ts': [],
  'src/float16.ts': [],
  'src/nearest.ts': ['src/text.ts'],
  'src/salvageValue.ts': ['zod'],
  'src/random': [],
  'src/metrics': [],
  'src/ir': ['src/text.ts', 'src/float16.ts', 'src/elementTypes.ts', 'src/random'],
  'src/graph': ['src/text.ts', 'src/sizeText.ts', 'src/elementTypes.ts', 'zod', 'fflate'],
  'src/data': [
    'src/text.ts',
    'src/float16.ts',
    'src/sizeText.ts',
    'src/nearest.ts',
    'src/random',
    'src/graph',
    'src/layers',
    'src/transforms',
    'zod',
    'fflate',
    'csv-parse/sync',
  ],
  'src/layers': ['src/text.ts', 'src/elementTypes.ts', 'src/random', 'src/graph', 'src/ir'],
  'src/transforms': [
    'src/text.ts',
    'src/nearest.ts',
    'src/random',
    'src/graph',
    'src/layers',
    'src/data',
    'src/ir',
    'zod',
  ],
  'src/blocks': ['src/text.ts', 'src/graph', 'src/layers', 'src/ir'],
  'src/check': [
    'src/text.ts',
    'src/nearest.ts',
    'src/graph',
    'src/layers',
    'src/blocks',
    'src/data',
    'src/transforms',
    'src/ir',
    'src/onnx',
  ],
  'src/plan': ['src/text.ts', 'src/graph', 'src/layers', 'src/blocks', 'src/data', 'src/check'],
  'src/look': ['src/check', 'src/layers'],
  'src/compare': ['src/text.ts', 'src/graph', 'src/layers', 'src/check'],
  'src/autodiff': ['src/ir'],
  'src/optim': ['src/ir'],
  'src/runs': ['src/text.ts', 'src/graph', 'src/data', 'zod'],
  'src/sweep': [
    'src/text.ts',
    'src/decimal.ts',
    'src/random',
    'src/graph',
    'src/layers',
    'src/blocks',
    'src/check',
    'src/plan',
    'src/runs',
  ],
  'src/doctor': [
    'src/text.ts',
    'src/decimal.ts',
    'src/graph',
    'src/layers',
    'src/check',
    'src/optim',
    'src/runs',
    'zod',
  ],
  'src/onnx': [
    'src/text.ts',
    'src/float16.ts',
    'src/opsets.ts',
    'src/elementTypes.ts',
    'src/graph',
    'src/ir',
    '@bufbuild/protobuf',
  ],
  'src/importing': [
    'src/text.ts',
    'src/opsets.ts',
    'src/elementTypes.ts',
    'src/graph',
    'src/layers',
    'src/ir',
    'src/onnx',
    '@bufbuild/protobuf',
  ],
  'src/compile': [
    'src/text.ts',
    'src/random',
    'src/graph',
    'src/layers',
    'src/blocks',
    'src/check',
    'src/ir',
    'src/autodiff',
    'src/optim',
    'src/data',
    'src/transforms',
    'src/float16.ts',
  ],
  'src/python': ['src/text.ts', 'src/graph', 'src/layers', 'src/blocks', 'src/check'],
  'src/keras': ['src/text.ts', 'src/graph', 'src/layers', 'src/check', 'src/python'],
  'src/pytorch': [
    'src/text.ts',
    'src/graph',
    'src/layers',
    'src/check',
    'src/python',
    'src/data',
    'src/transforms',
    'src/runs',
    'zod',
  ],
  'src/layout': ['src/graph', 'src/layers', 'src/check'],
  'src/export': ['src/text.ts', 'src/graph', 'src/layers', 'src/blocks', 'src/check', 'src/layout'],
  'src/protocol': [
    'src/text.ts',
    'src/exportFormats.ts',
    'src/provider.ts',
    'src/graph',
    'src/doctor',
    'src/runs',
    'src/check',
    'src/data',
    'src/layers',
    'zod',
  ],
  'src/desktopCalls.ts': ['src/text.ts', 'src/theme.ts', 'src/graph', 'src/runs', 'src/protocol', 'zod'],
  // Plain Node: no Electron, no window.
  'src/engine': engine,
  // Networks with known faults, for tests of the doctor.
  'src/engine/doctor': [...engine, 'src/engine', 'templates', 'vitest'],
  // Tables of damaged files for tests.
  'src/engine/data/damage': [...engine, 'src/engine', 'vitest'],
  // Table of the templates through ONNX and back.
  'src/engine/importing/roundTrip': [...engine, 'src/engine', 'src/engine/importing', 'templates', 'vitest'],
  'src/engine/importing/damage': [...engine, 'src/engine', 'src/engine/importing', 'src/engine/data/damage', 'vitest'],
  'src/cli': [
    ...pure,
    'src/nearest.ts',
    'src/decimal.ts',
    'src/random',
    'src/ir',
    'src/optim',
    'src/onnx',
    'src/compile',
    'src/pytorch',
    'src/engine',
    'node:',
    'zod',
    '@napi-rs/image',
  ],
  // Hands the templates to the command line.
  bin: ['src/cli/main.ts', 'templates'],
  templates: ['src/text.ts', 'src/graph', 'src/layers'],
  // Main and page meet only in src/protocol and src/desktopCalls.ts.
  electron: [...pure, 'src/engine', 'src/salvageValue.ts', 'node:', 'electron', 'zod', 'fflate'],
  'renderer/ui': [...pure, ...page, 'katex', 'pinyin-pro'],
  'renderer/state': [...pure, ...page, 'src/salvageValue.ts', 'renderer/ui'],
  'renderer/design': [
    ...pure,
    ...page,
    'templates',
    'package.json',
    '@xyflow/react',
    'elkjs',
    'renderer/state',
    'renderer/ui',
  ],
  'renderer/training': [...pure, ...page, 'src/optim/schedules.ts', 'uplot', 'renderer/state', 'renderer/ui'],
  'renderer/results': [...pure, ...page, 'renderer/state', 'renderer/ui'],
  'renderer/data': [...pure, ...page, 'renderer/state', 'renderer/ui'],
  'renderer/shell': [
    ...pure,
    ...page,
    'templates',
    'renderer/design',
    'renderer/data',
    'renderer/training',
    'renderer/results',
    'renderer/state',
    'renderer/ui',
  ],
  renderer: [
    ...pure,
    ...page,
    '@fontsource-variable/inter',
    'renderer/shell',
    'renderer/design',
    'renderer/data',
    'renderer/training',
    'renderer/results',
    'renderer/state',
    'renderer/ui',
  ],
};

const names = Object.keys(rooms);
const within = (path: string, place: string): boolean =>
  path === place || path.startsWith(place.endsWith(':') ? place : `${place}/`);

/** The room of a file; null where it has none. */
const roomOf = (file: string): string | null =>
  names.filter((name) => within(file, name)).sort((a, b) => b.length - a.length)[0] ?? null;

/** Path of a relative import from the root of the repository; a package as it is written. */
const targetOf = (file: string, specifier: string): string =>
  specifier.startsWith('.') ? posix.join(posix.dirname(file), specifier) : specifier;

/** True if `file` may import `specifier`. */
export function allowed(file: string, specifier: string): boolean {
  const room = roomOf(file);
  if (room === null) return true;
  const target = targetOf(file, specifier);
  // A path below a room of its own is allowed by name alone: src/optim/schedules.ts without src/optim.
  if (rooms[room].some((place) => within(target, place))) return true;
  return specifier.startsWith('.') && roomOf(target) === room;
}

export interface Import {
  readonly specifier: string;
  /** It is gone once the types are stripped. */
  readonly typeOnly: boolean;
}

const statement = /^\s*(?:import|export)\s(?:(type\s)?([^'";]*?)\sfrom\s)?'([^'\n]+)'|\bimport\('([^'\n]+)'\)/gm;

const namesTypesOnly = (clause: string): boolean =>
  /^\{[^}]*\}$/.test(clause) &&
  clause
    .slice(1, -1)
    .split(',')
    .filter((name) => name.trim() !== '')
    .every((name) => name.trim().startsWith('type '));

export const importsOf = (code: string): readonly Import[] =>
  [...code.matchAll(statement)].map(([, type, clause = '', from, dynamic]) => ({
    specifier: from ?? dynamic ?? '',
    typeOnly: type !== undefined || namesTypesOnly(clause.trim()),
  }));

const folders = ['src', 'templates', 'bin', 'electron', 'renderer'];

/** Imports of every source file of the product, by its path from `root`; tests are left out. */
export function readImports(root: string): ReadonlyMap<string, readonly Import[]> {
  const files = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((path) =>
      posix.join(folder, path.replaceAll('\\', '/')),
    ),
  );
  const sources = files.filter(
    (file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file) && !file.includes('/gen/'),
  );
  return new Map(sources.map((file) => [file, importsOf(readFileSync(join(root, file), 'utf8'))]));
}

/** Groups of files that reach each other by imports of values (strongly connected components, Tarjan 1972). */
export function circles(imports: ReadonlyMap<string, readonly Import[]>): readonly (readonly string[])[] {
  const found: string[][] = [];
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  function visit(file: string): void {
    index.set(file, index.size);
    low.set(file, index.size - 1);
    stack.push(file);
    for (const { specifier, typeOnly } of imports.get(file) ?? []) {
      const next = targetOf(file, specifier);
      if (typeOnly || !imports.has(next)) continue;
      if (!index.has(next)) visit(next);
      if (stack.includes(next)) low.set(file, Math.min(low.get(file) ?? 0, low.get(next) ?? 0));
    }
    if (low.get(file) !== index.get(file)) return;
    const circle = stack.splice(stack.indexOf(file));
    if (circle.length > 1) found.push(circle.sort());
  }
  for (const file of imports.keys()) if (!index.has(file)) visit(file);
  return found;
}
