import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { expect, test } from 'vitest';
import packageJson from '../package.json';
import { parseArguments, splitCommand } from '../src/cli/arguments.ts';
import { commonOptions } from '../src/cli/command.ts';
import { commands } from '../src/cli/commands.ts';
import { drawnFrom } from '../src/cli/templateName.ts';
import { transforms } from '../src/transforms/index.ts';
import type { Transform } from '../src/transforms/transform.ts';
import { templates } from '../templates/index.ts';
import { pretrainedIds } from '../templates/pretrained.ts';
import { root } from './paths.mjs';

const list = (...paths: string[]): string[] =>
  execFileSync('git', ['ls-files', '--', ...paths], { cwd: root, encoding: 'utf8' })
    .split('\n')
    .filter(Boolean);

const files = list();
const folders = new Set(files.flatMap((file) => file.split('/').map((_, at, parts) => parts.slice(0, at).join('/'))));
const exists = (path: string): boolean => files.includes(path) || folders.has(path);

const documents = list('*.md', ':!testdata').map((name) => ({ name, text: readFileSync(join(root, name), 'utf8') }));

/** A document without its code blocks, indented or fenced, and without code in its lines. */
const prose = (text: string): string =>
  text
    .replace(/^```[\s\S]*?^```$/gm, '')
    .replace(/^ {4}.*$/gm, '')
    .replace(/`[^`]*`/g, '');

/** Anchors as GitHub makes them of headings. */
const anchors = (text: string): string[] =>
  [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  );

/** Everything that a document names, as rows for one test each. */
const rows = (matchAll: (text: string) => Iterable<string>): [document: string, named: string][] =>
  documents.flatMap(({ name, text }) => [...new Set(matchAll(text))].map((named): [string, string] => [name, named]));

const code = (text: string): string[] =>
  [...text.matchAll(/`([^`\n]+)`|^ {4}(\S.*)$/gm)].map((m) => m[1] ?? m[2] ?? '');

const links = rows((text) => [...prose(text).matchAll(/\]\(([^)]+)\)/g)].map((match) => match[1] ?? '')).filter(
  ([, target]) => !/^https?:/.test(target),
);

test.each(links)('%s links to %s, which exists', (document, target) => {
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? document : posix.normalize(posix.join(dirname(document), path));
  expect(files).toContain(file);
  if (anchor !== undefined) expect(anchors(readFileSync(join(root, file), 'utf8'))).toContain(anchor);
});

test('every image of the documents is shown, and together they are small', () => {
  const images = list('docs/images');
  const shown = links.map(([document, target]) => posix.normalize(posix.join(dirname(document), target)));
  expect(images.filter((image) => !shown.includes(image))).toEqual([]);
  const bytes = images.reduce((sum, image) => sum + readFileSync(join(root, image)).length, 0);
  expect(bytes).toBeLessThan(1_500_000);
});

test.each(
  rows((text) => [...text.matchAll(/\bnpm run ([\w:]+)/g)].map((match) => match[1] ?? '')),
)('%s names npm run %s', (_, script) => expect(Object.keys(packageJson.scripts)).toContain(script));

/** `netloom …` in code, up to the end of the command. */
const commandLines = rows((text) =>
  code(text).flatMap((line) => {
    const match = /^(?:npx )?netloom ([a-z-][^…]*)/.exec(line);
    return match === null ? [] : [(match[1] ?? '').trim()];
  }),
);

test.each(commandLines)('%s: netloom %s', async (_, line) => {
  const words = [...line.matchAll(/"([^"]*)"|\S+/g)].map((match) => match[1] ?? match[0]);
  const [name, args] = splitCommand(words);
  const command = commands.find((each) => each.name === name);
  if (command === undefined) throw new Error(`There is no command '${name}'.`);
  const { positionals } = parseArguments(args, { ...command.options, ...commonOptions }, name);
  expect(positionals.length).toBeLessThanOrEqual(command.arity[1]);
  // Files are named in capitals or by their ending; throws for choices that the template does not have.
  const networks = name === 'help' ? [] : positionals.slice(0, name === 'compare' ? 2 : 1);
  const isShipped = (network: string) => pretrainedIds.some((id) => id === network);
  for (const network of networks)
    if (!/[A-Z.]/.test(network) && !isShipped(network)) expect(drawnFrom(network, templates)).not.toBeNull();
});

/** Paths in code that begin with a folder of the repository, but those that the reader is told to create. */
const isPath = /^(src|renderer|electron|templates|tools|e2e|bin|docs|testdata|proto)\/[\w./-]*$/;
const paths = rows((text) => {
  const created = [...text.matchAll(/^```ts (\S+)$/gm)].map((match) => match[1] ?? '');
  const words = code(text).flatMap((line) => line.split(/\s+/));
  return words.filter((word) => isPath.test(word) && !/NAME/.test(word) && !created.includes(word));
});

test.each(paths)('%s names %s, which exists', (_, path) => {
  expect(exists(path.replace(/\/$/, ''))).toBe(true);
});

/** Read, not run: commands reach for the window. */
const keys = list('renderer').filter((file) => /commands\/\w+Commands\.ts$/.test(file));
const chords = keys.flatMap((file) =>
  [...readFileSync(join(root, file), 'utf8').matchAll(/'((?:(?:Mod|Alt|Shift)\+)*[^\s'+]+)'/g)].map(
    (match) => match[1] ?? '',
  ),
);
const keyNames = rows((text) => code(text).filter((word) => /^((Ctrl|Alt|Shift)\+.|F\d+$)/.test(word)));

test.each(keyNames)('%s names the key %s', (_, key) => {
  expect(chords).toContain(key.replace('Ctrl', 'Mod'));
});

/** Messages that are quoted, in the parts around what differs from case to case. */
const source = list('src', 'renderer', 'electron', 'tools')
  .filter((file) => /\.(ts|tsx|mjs)$|setup-system$/.test(file) && !file.includes('.test.'))
  .map((file) => readFileSync(join(root, file), 'utf8'))
  .join('\n')
  .replaceAll('’', "'");
const quoted = rows((text) => [...text.matchAll(/\*\*“([^”]+)”\*\*/g)].map((match) => match[1] ?? ''));

test.each(quoted)('%s quotes a message: %s', (_, message) => {
  const parts = message.split('…').map((part) =>
    part
      .trim()
      .replace(/[.,;]$/, '')
      .replaceAll('’', "'"),
  );
  expect(parts.filter((part) => !source.includes(part))).toEqual([]);
});

test('README promises no more templates than there are', () => {
  const readme = documents.find(({ name }) => name === 'README.md')?.text ?? '';
  const promised = Number(readme.match(/over (\d+) templates/)?.[1]);
  expect(templates.length).toBeGreaterThan(promised);
});

test('every document is reached from README', () => {
  const reached = new Set(links.filter(([from]) => from === 'README.md').map(([, to]) => to));
  expect(documents.map(({ name }) => name).filter((name) => name !== 'README.md' && !reached.has(name))).toEqual([]);
});

const transformRow = ({ type, doc, formula, params }: Transform): string => {
  const settings = Object.entries(params).map(([key, field]) => `\`${key}\` ${JSON.stringify(field.default)}`);
  return `| \`${type}\` | ${doc.en} | $\`${formula}\`$ | ${settings.join(', ')} |`;
};
const transformRows = (random: boolean) => transforms.filter((each) => each.random === random).map(transformRow);

test('docs/transforms.md lists every transform as it is defined', () => {
  const listed = readFileSync(join(root, 'docs', 'transforms.md'), 'utf8').split('\n');
  const rows = listed.filter((line) => transforms.some(({ type }) => line.startsWith(`| \`${type}\` |`)));
  expect(rows).toEqual([...transformRows(true), ...transformRows(false)]);
});
