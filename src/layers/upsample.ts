import { bool, choice, float, pair, pairText } from './config.ts';
import { defineLayer } from './layer.ts';
import { rankProblem } from './problems.ts';

const sizeOf = (
  x: readonly number[],
  config: { by: string; scale: number; size: readonly number[] },
): readonly number[] =>
  config.by === 'size' ? config.size : [Math.floor(x[0] * config.scale), Math.floor(x[1] * config.scale)];

export const upsample = defineLayer({
  type: 'upsample',
  title: { en: 'Upsample', zh: '上采样' },
  category: 'shape',
  stem: 'up',
  keepsFeatures: true,
  doc: {
    en: 'Enlarges a picture by repeating cells (nearest) or by blending neighbours (bilinear): C×H×W becomes C×H′×W′. Nothing is learned.',
    zh: '放大图像：重复单元（最近邻）或混合相邻单元（双线性）：C×H×W 变为 C×H′×W′。没有可学习的参数。',
  },
  config: {
    mode: choice<'nearest' | 'bilinear'>({
      label: { en: 'Mode', zh: '方式' },
      default: 'nearest',
      options: [
        { value: 'nearest', label: { en: 'Nearest', zh: '最近邻' } },
        { value: 'bilinear', label: { en: 'Bilinear', zh: '双线性' } },
      ],
    }),
    by: choice<'scale' | 'size'>({
      label: { en: 'To', zh: '目标' },
      default: 'scale',
      options: [
        { value: 'scale', label: { en: 'a multiple', zh: '倍数' } },
        { value: 'size', label: { en: 'a size', zh: '大小' } },
      ],
    }),
    scale: float({ label: { en: 'Multiple', zh: '倍数' }, default: 2, min: 0.01, max: 64, step: 1 }),
    size: pair({ label: { en: 'Size', zh: '大小' }, default: [28, 28], min: 1, max: 8192 }),
    alignCorners: bool({
      label: { en: 'Align corners', zh: '对齐角点' },
      help: { en: 'bilinear: the corner cells of both pictures coincide', zh: '双线性：两幅图的角点重合' },
      default: false,
      advanced: true,
    }),
  },
  inputs: ['x'],
  outputs: ['y'],
  summary({ mode, by, scale, size }) {
    const to = by === 'scale' ? `×${scale}` : `→ ${pairText(size)}`;
    return { en: `${mode} ${to}`, zh: `${mode === 'nearest' ? '最近邻' : '双线性'} ${to}` };
  },
  infer({ x }, config) {
    if (x.length !== 3) return { problems: [rankProblem('C×H×W', x, 'x', [])] };
    const size = sizeOf(x.slice(1), config);
    if (size.every((cells) => cells >= 1)) return { outputs: { y: [x[0], ...size] } };
    return {
      problems: [
        {
          code: 'empty-output',
          port: 'config.scale',
          message: ({ self }) => ({
            en: `${self.en} by ${config.scale} leaves nothing of ${x[1]}×${x[2]}.`,
            zh: `${self.zh} 的倍数为 ${config.scale}，${x[1]}×${x[2]} 缩到没有了。`,
          }),
          fixes: [{ kind: 'setConfig', key: 'scale', value: 1 }],
        },
      ],
    };
  },
  lower({ g, x, config }) {
    const size = sizeOf([g.size(x.x, 2), g.size(x.x, 3)], config);
    const factors = config.by === 'scale' ? [config.scale, config.scale] : undefined;
    const mode = config.mode === 'nearest' ? 'nearest' : 'linear';
    return { y: g.resize(x.x, size, { mode, alignCorners: config.alignCorners, ...(factors && { factors }) }) };
  },
});
