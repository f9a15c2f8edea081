import type { Text } from '../text.ts';
import type { WindowConfig } from './window.ts';

/** The letters in a window's formula; a stride or dilation of 1 and a padding of 0 are left out. */
const lettersOf = ({ stride, padding, dilation }: WindowConfig) => ({
  s: stride.some((step) => step > 1) ? 's' : '',
  d: dilation.some((step) => step > 1) ? 'd' : '',
  p: padding === 'same' || padding.some((cells) => cells > 0) ? 'p' : '',
});

/** Position in the image of element (u, v) of the window at (i, j), as TeX. */
export function windowPlace(config: WindowConfig): string {
  const { s, d, p } = lettersOf(config);
  const along = (place: string, cell: string) => `${s}${place} + ${d}${cell}${p && ` - ${p}`}`;
  return String.raw`${along('i', 'u')},\, ${along('j', 'v')}`;
}

/** Output height of a sliding window as TeX; the width follows the same formula. */
export function windowSizeTex(config: WindowConfig): string {
  const { s, d, p } = lettersOf(config);
  const room = `H${p && ` + 2${p}`} - ${d ? 'd(k - 1) - 1' : 'k'}`;
  if (s === '') return `H' = ${room} + 1`;
  const [open, close] = config.ceilMode ? ['\\lceil', '\\rceil'] : ['\\lfloor', '\\rfloor'];
  return String.raw`H' = \left${open} \frac{${room}}{s} \right${close} + 1`;
}

/** Meaning of the letters in both formulas. */
export function windowLetters(config: WindowConfig, kernel: Text): Text {
  const { s, d, p } = lettersOf(config);
  const named: readonly (readonly [string, Text])[] = [
    ['k', kernel],
    [s, { en: 'stride', zh: '步幅' }],
    [p, { en: 'padding', zh: '填充' }],
    [d, { en: 'dilation', zh: '空洞率' }],
  ];
  const present = named.filter(([letter]) => letter !== '');
  return {
    en: `${present.map(([letter, { en }]) => `$${letter}$ ${en}`).join(', ')}; the width follows the same formula`,
    zh: `${present.map(([letter, { zh }]) => `$${letter}$ ${zh}`).join('，')}；宽的计算相同`,
  };
}
