import type { Comparison, Row, Side } from '../../../src/compare/compare.ts';
import { changesText, nameText, SIGNS, signed } from '../../../src/compare/words.ts';
import type { Language } from '../../../src/text.ts';
import { csvText } from '../../ui/csv.ts';

/** All rows or those that differ; the inside of a block follows if it differs. */
function listed(rows: readonly Row[], onlyDifferences: boolean, depth = 0): { row: Row; depth: number }[] {
  return rows
    .filter(({ state }) => !onlyDifferences || state !== 'same')
    .flatMap((row) => [
      { row, depth },
      ...(row.state === 'changed' ? listed(row.inside, onlyDifferences, depth + 1) : []),
    ]);
}

/** The comparison as text: columns separated by tabs, rows of a block indented. */
export function textOfRows({ rows }: Comparison, onlyDifferences: boolean, language: Language): string {
  return listed(rows, onlyDifferences)
    .map(({ row, depth }) => {
      const { state, difference, a, b } = row;
      const name = `${'  '.repeat(depth)}${SIGNS[state]} ${nameText(row)}`;
      const figures = [signed(difference.params), signed(difference.macs)];
      return [name, (b ?? a)?.kind[language] ?? '', changesText(row.changes)[language], ...figures].join('\t');
    })
    .join('\n');
}

export interface CsvHeads {
  readonly state: string;
  readonly path: string;
  readonly kind: string;
  readonly changes: string;
  readonly params: string;
  readonly macs: string;
  readonly difference: string;
}

/** The comparison as CSV, with exact figures for both networks. */
export function csvOfRows(
  { rows }: Comparison,
  onlyDifferences: boolean,
  { language, heads, names }: { language: Language; heads: CsvHeads; names: readonly [string, string] },
): string {
  const of = (key: 'params' | 'macs') => [...names, heads.difference].map((name) => `${heads[key]}: ${name}`);
  const figures = (key: 'params' | 'macs', a: Side | null, b: Side | null, difference: number) => [
    a?.[key] ?? null,
    b?.[key] ?? null,
    difference,
  ];
  return csvText([
    [heads.state, heads.path, heads.kind, heads.changes, ...of('params'), ...of('macs')],
    ...listed(rows, onlyDifferences).map(({ row }) => {
      const { state, a, b, difference } = row;
      const side = b ?? a;
      return [
        state,
        side?.path ?? '',
        side?.kind[language] ?? '',
        changesText(row.changes)[language],
        ...figures('params', a, b, difference.params),
        ...figures('macs', a, b, difference.macs),
      ];
    }),
  ]);
}
