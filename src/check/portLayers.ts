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

/** What comes in at a port of a block, seen from inside: a source whose shape is its config, when it is known. */
const inputPort: LayerDef = {
  ...shared,
  type: INPUT_PORT,
  icon: drawingOf(INPUT_PORT, 'io'),
  title: { en: 'Input port', zh: '输入端口' },
  stem: 'x',
  doc: {
    en: 'What comes into the block. It goes to every layer inside that is connected to it; its shape is that of the connection outside.',
    zh: '进入块的数据。它传给块内与之相连的每一层，形状由块外的连线决定。',
  },
  inputs: [],
  outputs: ['y'],
  infer: (_, config) => {
    const { shape } = config as { shape?: Shape };
    return shape === undefined ? { problems: [] } : { outputs: { y: shape } };
  },
};

/** What the block gives on, seen from inside. */
const outputPort: LayerDef = {
  ...shared,
  type: OUTPUT_PORT,
  icon: drawingOf(OUTPUT_PORT, 'io'),
  title: { en: 'Output port', zh: '输出端口' },
  stem: 'y',
  doc: {
    en: 'What the block gives on: the result of the layer that is connected to it.',
    zh: '块输出的数据：与之相连的那一层的结果。',
  },
  inputs: ['x'],
  outputs: [],
  infer: () => ({ outputs: {} }),
};

/** The ports of a block as layers to look at from inside. */
export const portLayerOf = (type: string): LayerDef | undefined =>
  type === INPUT_PORT ? inputPort : type === OUTPUT_PORT ? outputPort : undefined;
