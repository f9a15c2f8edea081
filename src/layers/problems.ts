import type { Text } from '../text.ts';
import { shapeText } from './config.ts';
import type { LayerFix, Problem, Shape, Upstream } from './layer.ts';

/** "needs [C, H, W], but 'flatten' gives [400]." */
export function rankProblem(expected: Text, x: Shape, port: string, fixes: readonly LayerFix[]): Problem {
  return {
    code: 'rank-mismatch',
    port,
    message: ({ self, from }) => ({
      en: `${self.en} needs ${expected.en}, but '${from(port)}' gives ${shapeText(x)}.`,
      zh: `${self.zh} 需要${expected.zh}，但“${from(port)}”给出 ${shapeText(x)}。`,
    }),
    fixes,
  };
}

/** The input that a layer expects, by its shape: C×H×W. */
export const ofShape = (shape: string): Text => ({ en: `an input of shape ${shape}`, zh: `形状为 ${shape} 的输入` });

/** Sides of the maps that decoders begin with, most usual first. */
const SIDES = [7, 8, 4, 14, 16, 6, 5, 3, 2] as const;

/** So many numbers as an image: grey or in colour if they are a square, else channels of a small map. */
function asImage(count: number): Shape {
  for (const channels of [1, 3]) {
    const side = Math.sqrt(count / channels);
    if (Number.isInteger(side) && side > 8) return [channels, side, side];
  }
  const side = SIDES.find((cells) => count % (cells * cells) === 0) ?? 1;
  return [count / (side * side), side, side];
}

/** An image is needed: most often it was flattened too early, or its channels were left out. */
export function needsPicture(x: Shape, others: readonly LayerFix[] = []): Problem {
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

/** Layers that change nothing about what a chain of layers can compute. */
const PASSING: ReadonlySet<string> = new Set(['identity', 'dropout', 'dropout2d']);
/** Layers that give the same numbers in another shape. */
const SHAPING: ReadonlySet<string> = new Set(['flatten', 'reshape']);

export const passes = (type: string): boolean => PASSING.has(type);
/** The numbers that come out are those that come in, dropout aside. */
export const keepsNumbers = (type: string): boolean => PASSING.has(type) || SHAPING.has(type);

/** The node that feeds `port`, behind those that `leave` says to leave aside. */
export function producer(before: (port: string) => Upstream | null, leave = passes): Upstream | null {
  let at = before('x');
  while (at !== null && leave(at.layer.type)) at = at.before('x');
  return at;
}
