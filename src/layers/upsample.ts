import { bool, choice, numbers, pair, pairText } from './config.ts';
import { defineLayer } from './layer.ts';
import { needsPicture } from './problems.ts';

const sizeOf = (
  x: readonly number[],
  config: { by: string; scale: readonly number[]; size: readonly number[] },
): readonly number[] =>
  config.by === 'size' ? config.size : bothScales(config.scale).map((scale, i) => Math.floor(x[i] * scale));

/** Of height and width; one number is for both. */
const bothScales = ([height, width = height]: readonly number[]): readonly number[] => [height, width];

export const upsample = defineLayer({
  type: 'upsample',
  icon: { lines: 'M1.8 9.5h4.7v4.7H1.8zM9.5 1.8h4.7v4.7M14 2 8.3 7.7M1.8 6.5V1.8h4.7M14.2 9.5v4.7H9.5' },
  aliases: ['upsampling2d', 'resize'],
  title: { en: 'Upsample', zh: '上采样' },
  category: 'shape',
  stem: 'up',
  keepsFeatures: true,
  doc: {
    en: 'Enlarges a picture by repeating cells (nearest) or by blending neighbours (bilinear): C×H×W becomes C×H′×W′. Nothing is learned.',
    zh: '放大图像：重复单元（最近邻）或混合相邻单元（双线性）：C×H×W 变为 C×H′×W′。没有可学习的参数。',
  },
  keywords: ['resize', 'interpolate', 'enlarge', 'nearest', 'bilinear', 'decoder', '放大', '插值', '缩放'],
  formula: ({ mode, by, alignCorners }) => {
    const ratio = by === 'scale' ? '/s' : "H/H'";
    if (mode === 'nearest') {
      return {
        tex: [
          String.raw`y_{c,i,j} = x_{c,\,\lfloor \tilde{\imath} \rfloor,\,\lfloor \tilde{\jmath} \rfloor},\quad \tilde{\imath} = i${ratio}`,
        ],
        where: { en: 'alike for the width', zh: '宽同理' },
      };
    }
    const place = alignCorners
      ? String.raw`i\, \frac{H - 1}{H' - 1}`
      : by === 'scale'
        ? String.raw`\frac{i + \frac{1}{2}}{s} - \tfrac{1}{2}`
        : String.raw`\bigl( i + \tfrac{1}{2} \bigr) \frac{H}{H'} - \tfrac{1}{2}`;
    return {
      tex: [
        String.raw`y_{c,i,j} = \sum_{u,v} \Lambda(\tilde{\imath} - u)\, \Lambda(\tilde{\jmath} - v)\, x_{c,u,v}`,
        String.raw`\Lambda(t) = \max(0, 1 - |t|),\quad \tilde{\imath} = ${place}`,
      ],
      where: { en: 'alike for the width', zh: '宽同理' },
    };
  },
  config: {
    mode: choice<'nearest' | 'bilinear'>({
      label: { en: 'Mode', zh: '方式' },
      help: { en: 'repeat cells, or blend neighbours', zh: '重复单元，或混合相邻单元' },
      default: 'nearest',
      options: [
        { value: 'nearest', label: { en: 'Nearest', zh: '最近邻' } },
        { value: 'bilinear', label: { en: 'Bilinear', zh: '双线性' } },
      ],
    }),
    by: choice<'scale' | 'size'>({
      label: { en: 'To', zh: '目标' },
      help: { en: 'whether a multiple or the new size is given', zh: '给出倍数还是给出新的大小' },
      default: 'scale',
      options: [
        { value: 'scale', label: { en: 'a multiple', zh: '倍数' } },
        { value: 'size', label: { en: 'a size', zh: '大小' } },
      ],
    }),
    scale: numbers({
      label: { en: 'Multiple', zh: '倍数' },
      help: { en: 'one number, or two for height and width', zh: '一个数，或高与宽各一个' },
      when: { by: ['scale'] },
      default: [2],
      min: 0.01,
      max: 64,
    }),
    size: pair({
      label: { en: 'Size', zh: '大小' },
      help: { en: 'height and width of the result', zh: '结果的高和宽' },
      when: { by: ['size'] },
      default: [28, 28],
      min: 1,
      max: 8192,
    }),
    alignCorners: bool({
      label: { en: 'Align corners', zh: '对齐角点' },
      help: { en: 'bilinear: the corner cells of both pictures coincide', zh: '双线性：两幅图的角点重合' },
      when: { mode: ['bilinear'] },
      default: false,
      advanced: true,
    }),
  },
  inputs: ['x'],
  outputs: ['y'],
  summary({ mode, by, scale, size }) {
    const to = by === 'scale' ? `×${scale.join('×')}` : `→ ${pairText(size)}`;
    return { en: `${mode} ${to}`, zh: `${mode === 'nearest' ? '最近邻' : '双线性'} ${to}` };
  },
  infer({ x }, config) {
    if (x.length !== 3) return { problems: [needsPicture(x)] };
    const size = sizeOf(x.slice(1), config);
    const count = config.scale.length;
    if (size.every((cells) => cells >= 1) && (count === 1 || count === 2)) return { outputs: { y: [x[0], ...size] } };
    return {
      problems: [
        {
          code: 'empty-output',
          port: 'config.scale',
          message: ({ self }) => ({
            en: `${self.en} takes one multiple, or two for height and width, that leave something of ${x[1]}×${x[2]}; it has '${config.scale.join(' ')}'.`,
            zh: `${self.zh} 需要一个倍数，或高与宽各一个，且不能把 ${x[1]}×${x[2]} 缩到没有；现在是“${config.scale.join(' ')}”。`,
          }),
          fixes: [{ kind: 'setConfig', key: 'scale', value: [1] }],
        },
      ],
    };
  },
  lower({ g, x, config }) {
    const size = sizeOf([g.size(x.x, 2), g.size(x.x, 3)], config);
    const factors = config.by === 'scale' ? bothScales(config.scale) : undefined;
    const mode = config.mode === 'nearest' ? 'nearest' : 'linear';
    return { y: g.resize(x.x, size, { mode, alignCorners: config.alignCorners, ...(factors && { factors }) }) };
  },
});
