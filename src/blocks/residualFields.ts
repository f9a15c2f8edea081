import { bool, type ConfigOf, choice } from '../layers/config.ts';
import type { Shape } from '../layers/layer.ts';
import { bias, convStyle, square, stride } from './fields.ts';
import type { Place, Sketch, Source } from './sketch.ts';

/** Kinds of shortcut connections; He et al. 2015 call zero padding option A and projection option B. */
export type ShortcutKind = 'auto' | 'identity' | 'projection' | 'padded' | 'none';

/** Config that all residual blocks share. */
export const residualFields = {
  stride,
  shortcut: choice<ShortcutKind>({
    label: { en: 'Shortcut', zh: '捷径' },
    help: { en: 'Connection from the input to the addition', zh: '从输入到相加的捷径连接' },
    default: 'auto',
    options: [
      { value: 'auto', label: { en: '1×1 if the shape changes (B)', zh: '形状改变时用 1×1（B）' } },
      { value: 'identity', label: { en: 'Identity', zh: '恒等' } },
      { value: 'projection', label: { en: '1×1 convolution', zh: '1×1 卷积' } },
      { value: 'padded', label: { en: 'Zero channels if the shape changes (A)', zh: '形状改变时补零通道（A）' } },
      { value: 'none', label: { en: 'None', zh: '无' } },
    ],
  }),
  projectionNorm: bool({
    label: { en: 'Batch norm on 1×1', zh: '1×1 后接批量规范化' },
    help: {
      en: 'Used in the paper, but not in “Dive into Deep Learning”',
      zh: '论文中使用，《动手学深度学习》中未使用',
    },
    default: true,
    advanced: true,
  }),
  bias,
  ...convStyle,
};

type ResidualConfig = ConfigOf<typeof residualFields>;

/** Column of the shortcut, beside the main path. */
const ASIDE = 1;

/**
 * Draws the shortcut connection from `from`, of shape `x`, to `channels` at that stride; null if there is none. With
 * `bare`, the projection is a convolution without batch norm.
 */
export function drawShortcut(
  sketch: Sketch,
  { shortcut, stride, projectionNorm, bias, eps, momentum, weightInit }: ResidualConfig,
  { from, x, channels, row, bare = false }: { from: Source; x: Shape; channels: number; row: number; bare?: boolean },
): Source | null {
  if (shortcut === 'none') return null;
  const fits = x[0] === channels && stride === 1;
  if (shortcut === 'identity' || (fits && shortcut !== 'projection')) return from;
  const at = (down: number): Place => ({ column: ASIDE, row: row + down });
  if (shortcut === 'padded') return sketch.add('shortcut', 'zeroPadShortcut', { channels, stride }, from, at(0));
  const conv = { outChannels: channels, kernelSize: square(1), stride: square(stride), bias, weightInit };
  const projected = sketch.add(bare ? 'shortcut' : 'shortcut.conv1x1', 'conv2d', conv, from, at(0));
  return projectionNorm && !bare
    ? sketch.add('shortcut.bn', 'batchNorm2d', { eps, momentum }, projected, at(1))
    : projected;
}
