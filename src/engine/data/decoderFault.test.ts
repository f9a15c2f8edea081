import { expect, it } from 'vitest';
import { decoderFault } from './decoderFault.ts';

const jpeg = 'Decode image failed Format error decoding Jpeg:';
const png = 'Decode image failed Format error decoding Png:';

it.each([
  ['Decode image failed failed to fill whole buffer', 'the file is cut off', '文件不完整'],
  [`${jpeg} I/O errors Not enough bytes, expected 4 but found 1`, 'the file is cut off', '文件不完整'],
  [
    'Decode image failed Memory limit exceeded',
    'more pixels than are decoded; scale it down',
    '像素数超过上限；请缩小图像',
  ],
  [
    'Guess format from input image failed The image format could not be determined',
    'damaged image: its first bytes are wrong',
    '图像已损坏：开头的字节有误',
  ],
  [
    `${png} CRC error: expected 0x1ea4 have 0xaed4 while decoding ChunkType { type: IHDR }`,
    'damaged PNG: a checksum is wrong',
    'PNG 已损坏：校验和不符',
  ],
  [
    `${png} Corrupt deflate stream. DistanceTooFarBack`,
    'damaged PNG: its compressed data is wrong',
    'PNG 已损坏：压缩数据有误',
  ],
  [
    `${png} Unrecognized critical chunk: ChunkType { type: IDA@, critical: true }`,
    'damaged PNG: its parts are wrong or missing',
    'PNG 已损坏：结构有误或有缺失',
  ],
  [
    `${jpeg} "Bogus Huffman table definition"`,
    'damaged JPEG: its compressed data is wrong',
    'JPEG 已损坏：压缩数据有误',
  ],
  [
    `${jpeg} "Marker missing where expected"`,
    'damaged JPEG: its parts are wrong or missing',
    'JPEG 已损坏：结构有误或有缺失',
  ],
  [
    `${jpeg} Error parsing SOF segment. Reason:Invalid component id 9`,
    'damaged JPEG: its header is wrong',
    'JPEG 已损坏：文件头有误',
  ],
  [
    'Decode image failed Format error decoding WebP: Corrupt bitstream',
    'damaged WebP: its compressed data is wrong',
    'WebP 已损坏：压缩数据有误',
  ],
  [
    'Decode image failed Format error decoding Bmp: More than one plane',
    'damaged BMP: its header is wrong',
    'BMP 已损坏：文件头有误',
  ],
  [
    'Decode image failed Format error decoding Tiff: format error: required tag `ImageWidth` not found',
    'damaged TIFF: its header is wrong',
    'TIFF 已损坏：文件头有误',
  ],
  [
    'Decode image failed Format error decoding Pnm: Non-ASCII-digit character when parsing number in sample',
    'damaged PNM: a number in it is wrong',
    'PNM 已损坏：其中的数字有误',
  ],
  [
    'Decode image failed The decoder for Tiff does not support the format features inconsistent bits per sample',
    'a kind of TIFF that is not supported; save it as PNG',
    '不支持这种 TIFF；请另存为 PNG',
  ],
  ['something new', 'damaged image: its parts are wrong or missing', '图像已损坏：结构有误或有缺失'],
])('“%s” in both languages', (message, en, zh) => {
  expect(decoderFault(new Error(message)).text).toEqual({ en, zh });
});
