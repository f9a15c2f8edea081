import { frameColors } from '../../../src/graph/document.ts';
import type { Category } from '../../../src/layers/layer.ts';

const categories = [
  'io',
  'convolution',
  'pooling',
  'activation',
  'normalization',
  'regularization',
  'linear',
  'shape',
  'merge',
  'blocks',
  'onnx',
] as const satisfies readonly Category[];

/** Colors of theme.css, for a 2D canvas. */
export interface Theme {
  readonly canvas: string;
  readonly card: string;
  readonly line: string;
  readonly edge: string;
  readonly text: string;
  readonly accent: string;
  readonly danger: string;
  readonly warning: string;
  readonly font: string;
  readonly note: string;
  readonly frame: Readonly<Record<(typeof frameColors)[number], string>>;
  readonly category: Readonly<Record<Category | 'unknown', string>>;
}

function readTheme(): Theme {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string) => style.getPropertyValue(name).trim();
  const entries = categories.map((category) => [category, read(`--category-${category}`)] as const);
  return {
    canvas: read('--canvas'),
    card: read('--card'),
    line: read('--line-strong'),
    edge: read('--edge'),
    text: read('--text'),
    accent: read('--accent'),
    danger: read('--danger'),
    warning: read('--warning'),
    font: read('--font-text'),
    note: read('--warning'),
    frame: Object.fromEntries(frameColors.map((color) => [color, read(`--frame-${color}`)])) as Theme['frame'],
    category: { ...(Object.fromEntries(entries) as Record<Category, string>), unknown: read('--muted') },
  };
}

let theme: Theme | null = null;
const listeners = new Set<() => void>();

function forget(): void {
  theme = null;
  for (const listener of listeners) listener();
}

/** Theme and language (which selects the font) are attributes of the page's root; colors can also be the system's. */
function watch(): void {
  const attributeFilter = ['data-theme', 'data-contrast', 'lang'];
  new MutationObserver(forget).observe(document.documentElement, { attributeFilter });
  matchMedia('(forced-colors: active)').addEventListener('change', forget);
}

let watching = false;

/** The current theme and its changes, for useSyncExternalStore. */
export const themeSource = {
  get(): Theme {
    theme ??= readTheme();
    return theme;
  },
  subscribe(listener: () => void): () => void {
    if (!watching) watch();
    watching = true;
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
