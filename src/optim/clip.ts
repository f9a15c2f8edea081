import type { Builder } from '../ir/builder.ts';
import type { Value } from '../ir/program.ts';

/** Gradient clipping, as stored in the training settings. */
export type ClipConfig =
  | { readonly kind: 'norm'; readonly maxNorm: number }
  | { readonly kind: 'value'; readonly clipValue: number };

/** The Euclidean norm of all gradients together: a scalar. */
export const gradientNorm = (g: Builder, gradients: readonly Value[]): Value =>
  g.sqrt(
    total(
      g,
      gradients.map((gradient) => sumOfSquares(g, gradient)),
    ),
  );

/** Summed in two stages, because float32 loses small terms when millions are added to one number. */
function sumOfSquares(g: Builder, x: Value): Value {
  const [, ...inner] = x.shape.keys();
  return g.reduceSum(g.reduceSum(g.square(x), inner), x.shape.length > 0 ? [0] : []);
}

/** Limit on the operands of one op. */
const OPERANDS = 64;

function total(g: Builder, values: readonly Value[]): Value {
  if (values.length <= OPERANDS) return g.sum(values);
  const parts: Value[] = [];
  for (let at = 0; at < values.length; at += OPERANDS) parts.push(g.sum(values.slice(at, at + OPERANDS)));
  return total(g, parts);
}

/**
 * The function that clips a gradient: null without clipping, the factor min(1, maxNorm / (norm + 1e-6)) of
 * torch.nn.utils.clip_grad_norm_ over all gradients, or the limit ±clipValue of clip_grad_value_. `norm` is called only
 * if it is needed.
 */
export function clipping(g: Builder, clip: ClipConfig | undefined, norm: () => Value): (gradient: Value) => Value {
  switch (clip?.kind) {
    case undefined:
      return (gradient) => gradient;
    case 'norm': {
      const factor = g.min([g.scalar(1), g.div(g.scalar(clip.maxNorm), g.add(norm(), g.scalar(1e-6)))]);
      return (gradient) => g.mul(gradient, factor);
    }
    case 'value':
      return (gradient) => g.max([g.min([gradient, g.scalar(clip.clipValue)]), g.scalar(-clip.clipValue)]);
    default:
      return clip satisfies never;
  }
}
