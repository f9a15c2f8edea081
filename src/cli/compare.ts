import { check } from '../check/check.ts';
import { type CheckedDocument, type Comparison, compareNetworks, type Row, type Side } from '../compare/compare.ts';
import { changesText, nameText, SIGNS, signed } from '../compare/words.ts';
import type { Text } from '../text.ts';
import type { Command } from './command.ts';
import type { OpenNetwork } from './networkFile.ts';
import { counted, type Output, table } from './output.ts';

export const compare: Command = {
  name: 'compare',
  args: 'A B',
  summary: {
    en: 'compare the layers, parameters and MACs of two networks',
    zh: '比较两个网络的层、参数量和乘加次数',
  },
  examples: ['compare resnet18 resnet34', 'compare lenet_modern digits.netloom --json'],
  options: {},
  arity: [2, 2],
  async run({ positionals: [fileA = '', fileB = ''], output, open }) {
    const [a, b] = [await checked(fileA, open, output), await checked(fileB, open, output)];
    const comparison = compareNetworks(a, b);
    printJson(comparison, output);
    printTable(comparison, output);
    return a.sound && b.sound ? 0 : 1;
  },
};

async function checked(
  file: string,
  open: OpenNetwork,
  { note }: Output,
): Promise<CheckedDocument & { readonly sound: boolean }> {
  const { document, remarks } = await open(file, 'lenient');
  remarks.forEach(note);
  const result = check(document);
  if (result.graph === null) {
    note({
      en: `“${file}” has problems, so shapes and numbers may be missing. See them: netloom check ${file}`,
      zh: `“${file}”有问题，部分形状和数值可能缺失。查看问题：netloom check ${file}`,
    });
  }
  return { document, check: result, sound: result.graph !== null && remarks.length === 0 };
}

function printJson(
  { rows, settings, a, b, difference, counts }: Comparison,
  { printJson: print, words }: Output,
): void {
  const side = (side: Side | null) =>
    side && { name: side.path, layer: side.layer, output: side.output, params: side.params, macs: side.macs };
  const plain = (value: Text | unknown) => (isText(value) ? words(value) : value);
  const rowJson = (row: Row): object => ({
    state: row.state,
    a: side(row.a),
    b: side(row.b),
    changes: row.changes.map((change) => ({
      what: change.what === 'config' ? `config.${change.key}` : change.what,
      from: plain(change.from),
      to: plain(change.to),
    })),
    difference: row.difference,
    inside: row.state === 'changed' ? row.inside.map(rowJson) : [],
  });
  print({ rows: rows.map(rowJson), settings, counts, totals: { a, b, difference } });
}

const isText = (value: unknown): value is Text => typeof value === 'object' && value !== null && 'zh' in value;

/** Prints the rows that differ, with the rows inside a block indented below it. */
function printTable({ rows, settings, a, b, difference, counts }: Comparison, { print, words }: Output): void {
  const lines = (list: readonly Row[], depth: number): string[][] =>
    list.flatMap((row): string[][] => {
      if (row.state === 'same') return [];
      const kind = (row.b ?? row.a)?.kind;
      const line = [
        `${'  '.repeat(depth)}${SIGNS[row.state]} ${nameText(row)}`,
        kind === undefined ? '' : words(kind),
        words(changesText(row.changes)),
        signed(row.difference.params),
        signed(row.difference.macs),
      ];
      return [line, ...(row.state === 'changed' ? lines(row.inside, depth + 1) : [])];
    });
  const different = lines(rows, 0);
  const figures = (name: Text, { params, macs }: { params: number; macs: number }, write: (n: number) => string) => [
    words(name),
    '',
    '',
    write(params),
    write(macs),
  ];
  const head = [
    { en: 'node', zh: '节点' },
    { en: 'layer', zh: '层' },
    { en: 'difference', zh: '差异' },
    { en: 'parameters', zh: '参数量' },
    { en: 'MACs', zh: '乘加次数' },
  ].map(words);
  const totals = [
    figures({ en: 'first', zh: '前者' }, a, counted),
    figures({ en: 'second', zh: '后者' }, b, counted),
    figures({ en: 'difference', zh: '差值' }, difference, signed),
  ];
  for (const line of table([head, ...different, ...totals], [3, 4])) print(line);
  for (const { key, from, to } of settings) print(`≠ ${key}: ${JSON.stringify(from)} → ${JSON.stringify(to)}`);
  const { added, removed, changed } = counts;
  print(
    words(
      different.length + settings.length === 0
        ? { en: 'The networks are the same.', zh: '两个网络相同。' }
        : {
            en: `${added} added, ${removed} removed, ${changed} changed`,
            zh: `新增 ${added} 个，移除 ${removed} 个，更改 ${changed} 个`,
          },
    ),
  );
}
