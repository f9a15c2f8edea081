import type { Frame } from '../graph/document.ts';
import type { Category } from '../layers/layer.ts';

export const pictureThemes = ['light', 'dark', 'print'] as const;
export type PictureTheme = (typeof pictureThemes)[number];

export interface Colors {
  readonly canvas: string;
  readonly card: string;
  readonly line: string;
  readonly edge: string;
  readonly text: string;
  readonly muted: string;
  /** Color of the shadow of cards; null without a shadow. */
  readonly shade: string | null;
  readonly note: string;
  readonly category: Readonly<Record<Category | 'unknown', string>>;
  readonly frame: Readonly<Record<Frame['colour'], string>>;
}

const category = {
  io: '#2b3646',
  convolution: '#0072b2',
  pooling: '#56b4e9',
  activation: '#e69f00',
  normalization: '#009e73',
  regularization: '#cc79a7',
  linear: '#d55e00',
  shape: '#7a8290',
  merge: '#7a8290',
  blocks: '#8a63d2',
  onnx: '#0f8a80',
  unknown: '#566173',
} as const;

const frame = {
  grey: '#7a8290',
  blue: '#0072b2',
  green: '#009e73',
  orange: '#d98200',
  purple: '#b3589a',
  red: '#c4281c',
} as const;

/** `light` and `dark` are the themes of the window (renderer/ui/theme/theme.css); `print` is for white paper. */
export const colors: Readonly<Record<PictureTheme, Colors>> = {
  light: {
    canvas: '#f5f6f8',
    card: '#ffffff',
    line: '#8a94a3',
    edge: '#808a99',
    text: '#18202c',
    muted: '#566173',
    shade: '#141e32',
    note: '#fdf6dd',
    category,
    frame,
  },
  dark: {
    canvas: '#0f1318',
    card: '#1b212a',
    line: '#5f6c7e',
    edge: '#76818f',
    text: '#e7ebf1',
    muted: '#9ba6b5',
    shade: '#000000',
    note: '#2c281a',
    category: { ...category, io: '#c6cfdb', convolution: '#2f8fd0', linear: '#e8702a', unknown: '#9ba6b5' },
    frame: { ...frame, blue: '#2f8fd0', purple: '#cc79a7', red: '#ff8078' },
  },
  print: {
    canvas: '#ffffff',
    card: '#ffffff',
    line: '#8a93a3',
    edge: '#4b5563',
    text: '#000000',
    muted: '#3d4653',
    shade: null,
    note: '#ffffff',
    category,
    frame,
  },
};

/** Specific fonts come before generic ones, so that Chinese characters are never shown as boxes. */
export const TEXT_FONT =
  "'Segoe UI', 'SF Pro Text', 'Helvetica Neue', Roboto, 'Noto Sans', 'Liberation Sans', Arial, 'PingFang SC', 'Microsoft YaHei UI', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Source Han Sans SC', 'WenQuanYi Micro Hei', sans-serif";
export const MONO_FONT =
  "'Cascadia Mono', 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', 'Noto Sans Mono', 'Liberation Mono', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'WenQuanYi Micro Hei Mono', monospace";

/** Mixes two colors in `#rrggbb`, because SVG programs do not support `color-mix`. */
export function mixed(color: string, ground: string, share: number): string {
  const parts = (hex: string) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  const below = parts(ground);
  const bytes = parts(color).map((value, i) => Math.round(value * share + (below[i] as number) * (1 - share)));
  return `#${bytes.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}
