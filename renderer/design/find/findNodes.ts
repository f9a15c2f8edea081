import type { CheckResult } from '../../../src/check/checkedGraph.ts';
import type { DocumentNode } from '../../../src/graph/document.ts';
import { readConfig, shapeText } from '../../../src/layers/config.ts';
import { layerOf } from '../../../src/layers/index.ts';
import { same } from '../../../src/text.ts';
import { textOf } from '../../ui/i18n/i18n.ts';
import { matches } from '../../ui/search/match.ts';

/** Accepts `16x10x10` and `16*10*10`, which are easier to type than `16×10×10`. */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/(?<=\d)[x*](?=\d)/g, '×');

/** Searchable text of a node: shapes, config and problems, in both languages. */
function figuresOf(node: DocumentNode, check: CheckResult): string {
  const layer = layerOf(node.layer);
  const report = check.nodes.get(node.id);
  const summary = layer?.summary(readConfig(layer.config, node.config).config);
  const shapes = [...Object.values(report?.outputs ?? {}), ...Object.values(report?.inputs ?? {})].map(shapeText);
  const problems = report?.diagnostics.map(({ message }) => `${message.en} ${message.zh}`) ?? [];
  const { en, zh } = textOf('find.problem');
  const marks = problems.length > 0 ? [en, zh] : [];
  return plain([...shapes, summary?.en, summary?.zh, ...problems, ...marks].join(' '));
}

/**
 * The nodes that have every word of the query in their name, kind, shapes, config or problems, in the order given.
 * Names and kinds are also found by pinyin. An empty query finds nothing.
 */
export function findNodes(nodes: readonly DocumentNode[], check: CheckResult, query: string): readonly DocumentNode[] {
  const words = plain(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  return nodes.filter((node) => {
    const names = [same(node.name), layerOf(node.layer)?.title ?? same(node.layer)];
    let figures: string | null = null;
    return words.every((word) => {
      if (names.some((name) => matches(name, word) !== null)) return true;
      figures ??= figuresOf(node, check);
      return figures.includes(word);
    });
  });
}
