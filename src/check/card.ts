import type { DocumentNode, NetworkDocument } from '../graph/document.ts';
import { readConfig } from '../layers/config.ts';
import { type Category, inputPorts } from '../layers/layer.ts';
import { connectedPorts, type Ports } from '../layers/ports.ts';
import { same, type Text } from '../text.ts';
import type { CheckResult, NodeReport } from './checkedGraph.ts';
import { layerIn } from './faces.ts';
import { outputTexts } from './outputText.ts';

/** Content of a layer's card, on the canvas and in exported images. */
export interface Card extends Ports {
  readonly layer: string;
  /** `unknown` for a type that this version does not have. */
  readonly category: Category | 'unknown';
  readonly kind: Text;
  readonly name: string;
  readonly summary: Text;
  /** Output shape; empty if unknown. */
  readonly shape: string;
  readonly params: number;
  /** `some`: part of the parameters inside a block. */
  readonly frozen: 'all' | 'some' | null;
  /** Number of copies of a block, in sequence. */
  readonly repeat: number;
}

export function cardOf(
  doc: Pick<NetworkDocument, 'blocks' | 'operators' | 'edges'>,
  check: Pick<CheckResult, 'nodes'>,
  node: DocumentNode,
): Card {
  const layer = layerIn(doc, node.layer);
  const report = check.nodes.get(node.id);
  const { config } = readConfig(layer?.config ?? {}, node.config);
  return {
    layer: node.layer,
    category: layer?.category ?? 'unknown',
    kind: layer?.title ?? same(node.layer),
    name: node.name,
    summary: layer?.summary(config) ?? same(''),
    shape: (report && outputTexts(report, !layer?.outputs.length)[0]) ?? '',
    params: report?.params ?? 0,
    frozen: frozenPart(node, report),
    repeat: layer?.category === 'blocks' ? (node.repeat ?? 1) : 1,
    ...(layer === undefined
      ? connectedPorts(node, doc.edges)
      : { inputs: inputPorts(layer, config), outputs: layer.outputs }),
  };
}

function frozenPart({ frozen }: DocumentNode, report: NodeReport | undefined): Card['frozen'] {
  if (frozen === true) return 'all';
  const { params = 0, trainableParams = 0 } = report ?? {};
  return trainableParams === params ? null : trainableParams === 0 ? 'all' : 'some';
}

/** Number of letters in the last line of a card; a Chinese character is as wide as 1.7 letters. */
const FOOT_LETTERS = 22;

/** Three significant digits with a unit: 1.18 M. */
function shortCount(count: number): string {
  const [unit, size] = count >= 999.5e6 ? [' G', 1e9] : [' M', 1e6];
  const figures = count / size;
  return `${figures.toFixed(figures < 9.995 ? 2 : figures < 99.95 ? 1 : 0)}${unit}`;
}

/** The number of parameters next to the shape, shortened if there is no room for both. */
export function paramsText({ params, shape }: Pick<Card, 'params' | 'shape'>): Text {
  const exact = params.toLocaleString('en');
  const figures = (unit: number): string =>
    shape.length + 1 + exact.length + unit > FOOT_LETTERS && params >= 999_500 ? shortCount(params) : exact;
  return { en: `${figures(2)} p`, zh: `${figures(4.4)} 参数` };
}
