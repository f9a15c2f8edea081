import type { Config } from '../graph/document.ts';
import { same, type Text } from '../text.ts';
import { layers } from './index.ts';
import type { LayerDef, Shape } from './layer.ts';

/** Something that can be added to a drawing: a layer as it is, or a preset, which is a layer with a config of its own. */
export interface Offer {
  /** The layer's type, or the preset's own name. */
  readonly id: string;
  readonly layer: LayerDef;
  readonly title: Text;
  readonly doc: Text;
  readonly keywords: readonly string[];
  /** What differs from the layer's defaults, behind an output of shape `x` where that is known. */
  config(x?: Shape): Config;
  /** A block that the user made: of this document, or kept in the library. */
  readonly from?: 'document' | 'library';
  /** Of a block: how often it is there, one behind the other. */
  readonly repeat?: number | undefined;
}

interface Preset extends Omit<Offer, 'layer'> {
  readonly type: string;
}

/** Channels to assume where the drawing does not say yet. */
const CHANNELS = 16;

const presets: readonly Preset[] = [
  {
    id: 'conv1x1',
    type: 'conv2d',
    title: { en: 'Conv 1×1', zh: '1×1 卷积层' },
    doc: {
      en: 'A convolution that looks at one place at a time: mixes the channels and leaves height and width alone. Changes the number of channels, as in Network in Network and in the shortcut of a residual block.',
      zh: '每次只看一个位置的卷积：混合通道，不改变高和宽。用来改变通道数，如 NiN 和残差块的捷径。',
    },
    keywords: ['1x1', 'pointwise', 'projection', 'bottleneck', 'nin', '逐点卷积', '投影'],
    config: () => ({ kernelSize: [1, 1] }),
  },
  {
    id: 'depthwiseConv',
    type: 'conv2d',
    title: { en: 'Depthwise conv', zh: '深度卷积层' },
    doc: {
      en: 'A convolution with a kernel of its own for every channel: as many groups as channels. With a 1×1 convolution behind it, a depthwise separable convolution, as in MobileNet: far fewer multiply-adds.',
      zh: '每个通道各用一个卷积核的卷积：组数等于通道数。后面接 1×1 卷积即深度可分离卷积（MobileNet），乘加次数少得多。',
    },
    keywords: ['depthwise', 'separable', 'mobilenet', 'grouped', '逐通道卷积', '深度可分离'],
    config: ([channels = CHANNELS] = []) => ({ outChannels: channels, groups: channels, padding: [1, 1] }),
  },
  {
    id: 'instanceNorm',
    type: 'groupNorm',
    title: { en: 'InstanceNorm', zh: '实例规范化' },
    doc: {
      en: 'Normalises every channel of every sample by itself: group normalisation with as many groups as channels. Usual in style transfer.',
      zh: '对每个样本的每个通道单独规范化：组数等于通道数的组规范化。常见于风格迁移。',
    },
    keywords: ['IN', 'instance normalization', 'style transfer', '实例归一化', '风格迁移'],
    config: ([channels = CHANNELS] = []) => ({ groups: channels }),
  },
];

/** Every layer, each with its presets behind it, in the order of the palette. */
export const offers: readonly Offer[] = layers.flatMap((layer) => [
  { id: layer.type, layer, title: layer.title, doc: layer.doc, keywords: layer.keywords, config: () => ({}) },
  ...presets
    .filter(({ type }) => type === layer.type)
    .map(({ type, ...preset }) => ({ ...preset, layer, keywords: [...preset.keywords, type] })),
]);

const byId = new Map(offers.map((offer) => [offer.id, offer]));

/** The offer with that id, or undefined when this version does not have it. */
export const offerOf = (id: string): Offer | undefined => byId.get(id);

/** What an offer can be found by, the most telling first. */
export const namesOf = ({ title, id, keywords }: Offer): readonly Text[] => [title, same(id), ...keywords.map(asText)];

/** Chinese words are to be found by their pinyin, too. */
const asText = (word: string): Text => (/\p{Script=Han}/u.test(word) ? { en: '', zh: word } : same(word));
