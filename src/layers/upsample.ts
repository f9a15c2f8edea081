import { bool, choice, numbers, pair, pairText } from './config.ts';
import { defineLayer } from './layer.ts';
import { needsImage } from './problems.ts';

const sizeOf = (
  x: readonly number[],
  config: { by: string; scale: readonly number[]; size: readonly number[] },
): readonly number[] =>
  config.by === 'size' ? config.size : bothScales(config.scale).map((scale, i) => Math.floor(x[i] * scale));

/** Scale factors of height and width; a single number applies to both. */
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
    en: 'Enlarges an image by repeating pixels (nearest) or by interpolation (bilinear): C×H×W → C×H′×W′. Has no parameters. Used in decoders.',
    zh: '放大图像：重复像素（最近邻）或插值（双线性）：C×H×W → C×H′×W′。没有可学习的参数。用于解码器。',
  },
  keywords: ['resize', 'interpolate', 'enlarge', 'nearest', 'bilinear', 'decoder', '放大', '插值', '缩放'],
  formula: ({ mode, by, alignCorners }) => {
    const ratio = by === 'scale' ? '/s' : "H/H'";
    if (mode === 'nearest') {
      return {
        tex: [
          String.raw`y_{c,i,j} = x_{c,\,\lfloor \tilde{\imath} \rfloor,\,\lfloor \tilde{\jmath} \rfloor},\quad \tilde{\imath} = i${ratio}`,
        ],
        where: { en: 'the width follows the same formula', zh: '宽的计算相同' },
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
      where: { en: 'the width follows the same formula', zh: '宽的计算相同' },
    };
  },
  config: {
    mode: choice<'nearest' | 'bilinear'>({
      label: { en: 'Mode', zh: '方式' },
      help: { en: 'Repeat pixels, or interpolate', zh: '重复像素，或插值' },
      default: 'nearest',
      options: [
        { value: 'nearest', label: { en: 'Nearest', zh: '最近邻' } },
        { value: 'bilinear', label: { en: 'Bilinear', zh: '双线性' } },
      ],
    }),
    by: choice<'scale' | 'size'>({
      label: { en: 'Sizing', zh: '大小依据' },
      help: { en: 'Resize by a scale factor or to a fixed size', zh: '按缩放倍数或固定的输出大小缩放' },
      default: 'scale',
      options: [
        { value: 'scale', label: { en: 'Scale factor', zh: '缩放倍数' } },
        { value: 'size', label: { en: 'Output size', zh: '输出大小' } },
      ],
    }),
    scale: numbers({
      label: { en: 'Scale factor', zh: '缩放倍数' },
      help: { en: 'One factor, or two for height and width', zh: '一个倍数，或高与宽各一个' },
      when: { by: ['scale'] },
      default: [2],
      min: 0.01,
      max: 64,
    }),
    size: pair({
      label: { en: 'Output size', zh: '输出大小' },
      help: { en: 'Height and width of the output', zh: '输出的高和宽' },
      when: { by: ['size'] },
      default: [28, 28],
      min: 1,
      max: 8192,
    }),
    alignCorners: bool({
      label: { en: 'Align corners', zh: '对齐角点' },
      help: { en: 'Bilinear: the corner pixels of input and output coincide', zh: '双线性：输入与输出的角点重合' },
      when: { mode: ['bilinear'] },
      default: false,
      advanced: true,
    }),
  },
  inputs: ['x'],
  outputs: ['y'],
  summary({ mode, by, scale, size }) {
    const to = by === 'scale' ? `×${scale.join('×')}` : `→ ${pairText(size)}`;
    return {
      en: `${mode === 'nearest' ? 'Nearest' : 'Bilinear'} ${to}`,
      zh: `${mode === 'nearest' ? '最近邻' : '双线性'} ${to}`,
    };
  },
  infer({ x }, config) {
    if (x.length !== 3) return { problems: [needsImage(x)] };
    const size = sizeOf(x.slice(1), config);
    const count = config.scale.length;
    if (size.every((cells) => cells >= 1) && (count === 1 || count === 2)) return { outputs: { y: [x[0], ...size] } };
    return {
      problems: [
        {
          code: 'empty-output',
          port: 'config.scale',
          message: ({ self }) => ({
            en: `${self.en} needs one scale factor, or two for height and width, that keep at least 1 pixel of ${x[1]}×${x[2]}, but has “${config.scale.join(' ')}”.`,
            zh: `${self.zh}需要一个缩放倍数，或高与宽各一个，且 ${x[1]}×${x[2]} 缩放后至少保留 1 个像素；现在是“${config.scale.join(' ')}”。`,
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
