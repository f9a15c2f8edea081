import type { Text } from '../../text.ts';
import { cutOff, ImageFault } from './imageFault.ts';

/** Names of the formats by the decoder's own. */
const FORMATS: Readonly<Record<string, string>> = {
  jpeg: 'JPEG',
  png: 'PNG',
  webp: 'WebP',
  bmp: 'BMP',
  tiff: 'TIFF',
  pnm: 'PNM',
};

/** Kinds of damage by words in the decoder's messages; the first that fits counts. */
const DAMAGES: readonly (readonly [RegExp, Text])[] = [
  [/crc|checksum|adler/i, { en: 'a checksum is wrong', zh: '校验和不符' }],
  [
    /deflate|huffman|bitstream|rle|lzw|mcu|filter method|color cache|entropy|coefficient|zlib|DNL|decoding values/i,
    { en: 'its compressed data is wrong', zh: '压缩数据有误' },
  ],
  [/digit|number in sample|sample value/i, { en: 'a number in it is wrong', zh: '其中的数字有误' }],
  [
    /header|IHDR|SOF|magic|bit count|bits per|plane|dimension|too large|ImageWidth|ImageLength|preamble|palette|PLTE|bitfield|compression (type|method)|version|size|color type|maxval/i,
    { en: 'its header is wrong', zh: '文件头有误' },
  ],
];
const STRUCTURE: Text = { en: 'its parts are wrong or missing', zh: '结构有误或有缺失' };

/** An error of the image decoder, which speaks English only, by its kind in both languages. */
export function decoderFault(error: unknown): ImageFault {
  const message = (error instanceof Error ? error.message : String(error)).trim();
  if (/memory limit|soft limit/i.test(message)) {
    return new ImageFault({ en: 'more pixels than are decoded; scale it down', zh: '像素数超过上限；请缩小图像' });
  }
  if (/fill whole buffer|unexpected end of file|not enough (bytes|data)|does not have enough data/i.test(message)) {
    return cutOff();
  }
  if (/format could not be determined/i.test(message)) {
    return new ImageFault({ en: 'damaged image: its first bytes are wrong', zh: '图像已损坏：开头的字节有误' });
  }
  const name = /(?:error decoding|decoder for|image format) (\w+)/i.exec(message)?.[1]?.toLowerCase() ?? '';
  const format = FORMATS[name];
  if (/not support|unsupported/i.test(message)) {
    return new ImageFault({
      en: `a kind of ${format ?? 'image'} that is not supported; save it as PNG`,
      zh: `不支持这种${format === undefined ? '图像' : ` ${format}`}；请另存为 PNG`,
    });
  }
  const damage = DAMAGES.find(([words]) => words.test(message))?.[1] ?? STRUCTURE;
  return new ImageFault({
    en: `damaged ${format ?? 'image'}: ${damage.en}`,
    zh: `${format === undefined ? '图像' : `${format} `}已损坏：${damage.zh}`,
  });
}
