import { shapeText } from './config.ts';
import type { LayerFix, Problem, Shape, Upstream } from './layer.ts';

/** "needs [C, H, W], but 'flatten' gives [400]." */
export function rankProblem(expected: string, x: Shape, port: string, fixes: readonly LayerFix[]): Problem {
  return {
    code: 'rank-mismatch',
    port,
    message: ({ self, from }) => ({
      en: `${self.en} needs an input of shape ${expected}, but '${from(port)}' gives ${shapeText(x)}.`,
      zh: `${self.zh} 需要形状为 ${expected} 的输入，但“${from(port)}”给出 ${shapeText(x)}。`,
    }),
    fixes,
  };
}

/** A picture is needed: most often it was flattened too early. */
export const needsPicture = (x: Shape, others: readonly LayerFix[] = []): Problem =>
  rankProblem('C×H×W', x, 'x', [
    ...others,
    ...(x.length === 1
      ? [{ kind: 'flattenLater', port: 'x' } as const, { kind: 'removeProducer', port: 'x', layer: 'flatten' } as const]
      : []),
  ]);

/** Layers that change nothing about what a chain of layers can compute. */
const PASSING: ReadonlySet<string> = new Set(['identity', 'dropout', 'dropout2d']);

export const passes = (type: string): boolean => PASSING.has(type);

/** The node that feeds `port`, dropout and the like left aside. */
export function producer(before: (port: string) => Upstream | null): Upstream | null {
  let at = before('x');
  while (at !== null && passes(at.layer.type)) at = at.before('x');
  return at;
}
