import type { Text } from '../text.ts';
import { shapeText } from './config.ts';
import type { LayerDef, LayerFix, Problem, Shape, Upstream } from './layer.ts';

/** “Conv2d “conv1” expects an input of shape C×H×W, but “flatten” outputs 400.” */
export function rankProblem(expected: Text, x: Shape, port: string, fixes: readonly LayerFix[]): Problem {
  return {
    code: 'rank-mismatch',
    port,
    message: ({ self, from }) => ({
      en: `${self.en} expects ${expected.en}, but “${from(port)}” outputs ${shapeText(x)}.`,
      zh: `${self.zh}需要${expected.zh}，但“${from(port)}”输出 ${shapeText(x)}。`,
    }),
    fixes,
  };
}

/** The phrase “an input of shape C×H×W”. */
export const ofShape = (shape: string): Text => ({ en: `an input of shape ${shape}`, zh: `形状为 ${shape} 的输入` });

/** Common sizes of the first feature map of a decoder, most common first. */
const SIDES = [7, 8, 4, 14, 16, 6, 5, 3, 2] as const;

/** Image shape for `count` values: a gray or color square image if possible, else channels of a small feature map. */
function asImage(count: number): Shape {
  for (const channels of [1, 3]) {
    const side = Math.sqrt(count / channels);
    if (Number.isInteger(side) && side > 8) return [channels, side, side];
  }
  const side = SIDES.find((cells) => count % (cells * cells) === 0) ?? 1;
  return [count / (side * side), side, side];
}

/** The problem of an input that is not an image. Usual reasons: flattened too early, or the channel axis is missing. */
export function needsImage(x: Shape, others: readonly LayerFix[] = []): Problem {
  const shape = x.length === 1 ? asImage(x[0]) : [1, ...x];
  const early = [
    { kind: 'flattenLater', port: 'x' },
    { kind: 'removeProducer', port: 'x', layer: 'flatten' },
  ] as const;
  const shaped: readonly LayerFix[] = [
    { kind: 'setProducer', port: 'x', key: 'shape', value: shape },
    { kind: 'insertBefore', port: 'x', layer: 'reshape', config: { shape } },
  ];
  const fixes = [...(x.length === 1 ? early : []), ...(shape.length === 3 ? shaped : [])];
  return rankProblem(ofShape('C×H×W'), x, 'x', [...others, ...fixes]);
}

/** True if it does not change the functions that a chain of layers can compute. */
const passes = ({ keepsNumbers, reshapes }: LayerDef): boolean => keepsNumbers === true && reshapes !== true;

/** The nearest node upstream of port `x` that changes the values or the shape. */
export const producer = (before: (port: string) => Upstream | null): Upstream | null => firstUp(before, passes);

/** The nearest node upstream of port `x` that changes the values. */
export const numbersProducer = (before: (port: string) => Upstream | null): Upstream | null =>
  firstUp(before, ({ keepsNumbers }) => keepsNumbers === true);

function firstUp(before: (port: string) => Upstream | null, skips: (layer: LayerDef) => boolean): Upstream | null {
  let at = before('x');
  while (at !== null && skips(at.layer)) at = at.before('x');
  return at;
}
