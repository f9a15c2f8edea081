import { shapeText } from './config.ts';
import type { LayerFix, Problem, Shape } from './layer.ts';

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
