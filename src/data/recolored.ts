import type { ImageConfig } from '../graph/document.ts';
import type { Text } from '../text.ts';

/** Says that images were turned from color to gray, or from gray to color; null where none were. */
export function recoloredText(count: number, image: Pick<ImageConfig, 'channels'>): Text | null {
  if (count === 0) return null;
  const images = `${count.toLocaleString('en-US')} ${image.channels === 1 ? 'color' : 'gray'} image${count === 1 ? '' : 's'}`;
  if (image.channels === 1) {
    return { en: `${images} turned to gray.`, zh: `${count.toLocaleString('en-US')} 张彩色图像已转为灰度。` };
  }
  return {
    en: `${images} turned to color: three equal channels.`,
    zh: `${count.toLocaleString('en-US')} 张灰度图像已转为彩色：三个相同的通道。`,
  };
}
