import { choice } from '../layers/config.ts';
import { defineBlock } from './block.ts';
import { channels, count, notImage } from './fields.ts';
import { residualFields } from './residualFields.ts';
import { Sketch, type Source, X } from './sketch.ts';

/** Blocks per column before the next column begins. */
const COLUMN = 8;
/** Distance of columns, with room for the edge that goes back up. */
const APART = 1.2;

export const residualStage = defineBlock({
  type: 'residualStage',
  icon: {
    lines: 'M6 1.5v2M2.5 3.5h7v2.5h-7zM2.5 10h7v2.5h-7zM6 6v4M6 12.5v2M6 2.3h6.5v4.8H6M6 8.6h6.5v4.8H6',
  },
  title: { en: 'Residual stage', zh: '残差阶段' },
  category: 'blocks',
  stem: 'stage',
  keywords: ['resnet'],
  paper: 'He et al. 2015, Deep Residual Learning for Image Recognition',
  doc: {
    en: 'A sequence of residual blocks of the same width, called conv2_x to conv5_x in papers. The first block applies the stride and changes the number of channels; the others keep the shape. Used in ResNet.',
    zh: '若干个宽度相同的残差块依次连接，即论文中的 conv2_x 至 conv5_x。第一个块带步幅并改变通道数，其余保持形状不变。用于 ResNet。',
  },
  config: {
    block: choice<'residual' | 'bottleneck'>({
      label: { en: 'Block', zh: '块' },
      default: 'residual',
      options: [
        { value: 'residual', label: { en: 'Two 3×3', zh: '两个 3×3' } },
        { value: 'bottleneck', label: { en: 'Bottleneck', zh: '瓶颈' } },
      ],
    }),
    blocks: count({ en: 'Blocks', zh: '块数' }, 2),
    width: channels(64, { en: 'Width', zh: '宽度' }),
    ...residualFields,
  },
  inputs: ['x'],
  outputs: ['y'],
  summary: ({ block, blocks, width, stride }) => {
    const [en, zh] = block === 'bottleneck' ? ['bottlenecks', '个瓶颈块'] : ['blocks', '个残差块'];
    const [of, strided] = [`${width}`, stride > 1];
    return {
      en: `${blocks} ${en} · ${of}${strided ? `, /${stride}` : ''}`,
      zh: `${blocks} ${zh} · ${of}${strided ? ` · 步幅 ${stride}` : ''}`,
    };
  },
  draw({ block, blocks, width, stride, shortcut, ...rest }, { x }) {
    const wrong = notImage(x);
    if (wrong !== null) return wrong;
    const sketch = new Sketch();
    const key = block === 'bottleneck' ? 'width' : 'channels';
    let y: Source = X;
    for (let i = 0; i < blocks; i++) {
      // Only the first block has a projection.
      const way = i > 0 && shortcut === 'projection' ? 'auto' : shortcut;
      const config = { [key]: width, ...rest, stride: i === 0 ? stride : 1, shortcut: way };
      const at = { column: APART * Math.floor(i / COLUMN), row: i % COLUMN };
      y = sketch.add(`block${i + 1}`, block, config, y, at, { [key]: 'width' });
    }
    return sketch.finish({ y });
  },
});
