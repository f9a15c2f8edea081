import type { DocumentNode, NetworkDocument } from '../graph/document.ts';
import { readConfig, shapeText } from '../layers/config.ts';
import { type Category, inputPorts } from '../layers/layer.ts';
import { connectedPorts, type Ports } from '../layers/ports.ts';
import { same, type Text } from '../text.ts';
import type { CheckResult } from './checkedGraph.ts';
import { layerIn } from './faces.ts';

/** What a layer's card says at a glance, on the canvas and in pictures. */
export interface Card extends Ports {
  readonly layer: string;
  /** `unknown` for a type that this version does not have. */
  readonly category: Category | 'unknown';
  readonly kind: Text;
  readonly name: string;
  readonly summary: Text;
  /** Of what it gives on; empty where unknown. */
  readonly shape: string;
  readonly params: number;
  readonly frozen: boolean;
  /** Of a block: how many stand behind one another. */
  readonly repeat: number;
}

export function cardOf(
  doc: Pick<NetworkDocument, 'blocks' | 'edges'>,
  check: Pick<CheckResult, 'nodes'>,
  node: DocumentNode,
): Card {
  const layer = layerIn(doc, node.layer);
  const report = check.nodes.get(node.id);
  const { config } = readConfig(layer?.config ?? {}, node.config);
  // A network's end gives nothing on; what it takes is its shape.
  const shape =
    Object.values(report?.outputs ?? {})[0] ??
    (layer?.outputs.length ? undefined : Object.values(report?.inputs ?? {})[0]);
  return {
    layer: node.layer,
    category: layer?.category ?? 'unknown',
    kind: layer?.title ?? same(node.layer),
    name: node.name,
    summary: layer?.summary(config) ?? same(''),
    shape: shape === undefined ? '' : shapeText(shape),
    params: report?.params ?? 0,
    frozen: node.frozen ?? false,
    repeat: layer?.category === 'blocks' ? (node.repeat ?? 1) : 1,
    ...(layer === undefined
      ? connectedPorts(node, doc.edges)
      : { inputs: inputPorts(layer, config), outputs: layer.outputs }),
  };
}

/** Letters of a card's last line; a Chinese one takes the room of 1.7. */
const FOOT_LETTERS = 22;

/** 1.18 M: three figures. */
function shortCount(count: number): string {
  const [unit, size] = count >= 999.5e6 ? [' G', 1e9] : [' M', 1e6];
  const figures = count / size;
  return `${figures.toFixed(figures < 9.995 ? 2 : figures < 99.95 ? 1 : 0)}${unit}`;
}

/** The number of parameters beside the shape: shortened where it would leave the shape no room. */
export function paramsText({ params, shape }: Pick<Card, 'params' | 'shape'>): Text {
  const exact = params.toLocaleString('en');
  const figures = (unit: number): string =>
    shape.length + 1 + exact.length + unit > FOOT_LETTERS && params >= 999_500 ? shortCount(params) : exact;
  return { en: `${figures(2)} p`, zh: `${figures(4.4)} 参数` };
}
