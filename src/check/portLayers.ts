import { drawingOf } from '../blocks/icons.ts';
import { INPUT_PORT, OUTPUT_PORT } from '../graph/insideDrawing.ts';
import type { LayerDef, Shape } from '../layers/layer.ts';
import { same } from '../text.ts';

const shared = {
  category: 'io',
  keywords: [],
  formula: () => ({ tex: [] }),
  config: {},
  summary: () => same(''),
} as const satisfies Partial<LayerDef>;

/** An input port inside a block: a source with the shape of its config, if known. */
const inputPort: LayerDef = {
  ...shared,
  type: INPUT_PORT,
  icon: drawingOf(INPUT_PORT, 'io'),
  title: { en: 'Input port', zh: '输入端口' },
  stem: 'x',
  doc: {
    en: 'Block input: passes data from outside the block to the connected layers. Its shape is the shape of the outside connection.',
    zh: '块的输入：将块外的数据传给块内与之相连的各层，形状由块外的连线决定。',
  },
  inputs: [],
  outputs: ['y'],
  infer: (_, config) => {
    const { shape } = config as { shape?: Shape };
    return shape === undefined ? { problems: [] } : { outputs: { y: shape } };
  },
};

/** An output port inside a block. */
const outputPort: LayerDef = {
  ...shared,
  type: OUTPUT_PORT,
  icon: drawingOf(OUTPUT_PORT, 'io'),
  title: { en: 'Output port', zh: '输出端口' },
  stem: 'y',
  doc: {
    en: 'Block output: passes on the output of the connected layer.',
    zh: '块的输出：将与之相连的层的输出传到块外。',
  },
  inputs: ['x'],
  outputs: [],
  infer: () => ({ outputs: {} }),
};

/** The ports inside a block as layers. */
export const portLayerOf = (type: string): LayerDef | undefined =>
  type === INPUT_PORT ? inputPort : type === OUTPUT_PORT ? outputPort : undefined;
