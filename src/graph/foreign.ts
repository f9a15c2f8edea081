import { strFromU8, strToU8 } from 'fflate';
import { same, type Text, UserError } from '../text.ts';
import { startsLikeSafetensors } from './safetensors.ts';

/** A kind of file that does not contain a network of Netloom. */
interface Kind {
  readonly name: Text;
  /** Next step for the user; by default, open a file of Netloom. */
  readonly advice?: Text;
}

const OPEN_OURS: Text = {
  en: 'Open a .netloom file, or an image or ONNX file exported by Netloom.',
  zh: '请打开 .netloom 文件，或由 Netloom 导出的图片或 ONNX 文件。',
};
const DRAW_IT: Text = {
  en: 'Netloom cannot import models of other programs. Build the network in Netloom, or start from a template.',
  zh: 'Netloom 不能导入其他程序的模型。请在 Netloom 中搭建该网络，或从模板开始。',
};
const USE_AS_DATA: Text = {
  en: 'Open a network, and choose this file as its dataset.',
  zh: '请先打开一个网络，再将此文件设为其数据集。',
};

const startsWith =
  (...start: readonly number[]) =>
  (bytes: Uint8Array): boolean =>
    start.every((byte, index) => bytes[index] === byte);
const textAt =
  (text: string, at = 0) =>
  (bytes: Uint8Array): boolean =>
    startsWith(...strToU8(text))(bytes.subarray(at));

/** True for IDX: two zero bytes, the number type and the number of axes. */
const isIdx = (bytes: Uint8Array): boolean =>
  startsWith(0, 0)(bytes) && [8, 9, 11, 12, 13, 14].includes(bytes[2] ?? 0) && [1, 2, 3, 4].includes(bytes[3] ?? 0);

const kinds: readonly (readonly [test: (bytes: Uint8Array) => boolean, kind: Kind])[] = [
  [textAt('%PDF-'), { name: { en: 'a PDF document', zh: 'PDF 文档' } }],
  [startsWith(0xff, 0xd8, 0xff), { name: { en: 'a JPEG image', zh: 'JPEG 图片' } }],
  [textAt('GIF8'), { name: { en: 'a GIF image', zh: 'GIF 图片' } }],
  [textAt('WEBP', 8), { name: { en: 'a WebP image', zh: 'WebP 图片' } }],
  [textAt('BM'), { name: { en: 'a BMP image', zh: 'BMP 图片' } }],
  [textAt('HDF', 1), { name: { en: 'an HDF5 file (used by Keras)', zh: 'HDF5 文件（Keras 使用）' }, advice: DRAW_IT }],
  [textAt('TFL3', 4), { name: { en: 'a TensorFlow Lite model', zh: 'TensorFlow Lite 模型' }, advice: DRAW_IT }],
  [
    startsWith(0x80, 0x02),
    { name: { en: 'a pickle file (used by PyTorch)', zh: 'pickle 文件（PyTorch 使用）' }, advice: DRAW_IT },
  ],
  [startsWith(0x80, 0x04), { name: { en: 'a pickle file of Python', zh: 'Python 的 pickle 文件' }, advice: DRAW_IT }],
  [textAt('NUMPY', 1), { name: { en: 'a NumPy array', zh: 'NumPy 数组' } }],
  [
    startsLikeSafetensors,
    {
      name: { en: 'a safetensors file: weights without a network', zh: 'safetensors 文件：只有权重，没有网络' },
      advice: DRAW_IT,
    },
  ],
  [isIdx, { name: { en: 'an IDX file: data', zh: 'IDX 数据文件' }, advice: USE_AS_DATA }],
  [
    startsWith(0x1f, 0x8b),
    {
      name: { en: 'a gzip file', zh: 'gzip 文件' },
      advice: {
        en: 'Unpack it and open the file inside. A dataset may stay packed: choose it as the dataset of a network.',
        zh: '请解压后打开其中的文件。若是数据集则不必解压，将其设为网络的数据集即可。',
      },
    },
  ],
  [startsWith(0x37, 0x7a, 0xbc, 0xaf), { name: { en: 'a 7z archive', zh: '7z 压缩包' } }],
  [textAt('Rar!'), { name: { en: 'a RAR archive', zh: 'RAR 压缩包' } }],
  [startsWith(0x7f, 0x45, 0x4c, 0x46), { name: { en: 'a program', zh: '程序文件' } }],
  [textAt('MZ'), { name: { en: 'a program', zh: '程序文件' } }],
];

const inZip: readonly (readonly [entry: RegExp, kind: Kind])[] = [
  [/(^|\/)data\.pkl$/, { name: { en: 'a PyTorch file', zh: 'PyTorch 文件' }, advice: DRAW_IT }],
  [/^model\.weights\.h5$/, { name: { en: 'a Keras model', zh: 'Keras 模型' }, advice: DRAW_IT }],
  [/\.npy$/, { name: { en: 'an archive of NumPy arrays', zh: 'NumPy 数组压缩包' } }],
  [/^word\//, { name: { en: 'a Word document', zh: 'Word 文档' } }],
  [/^xl\//, { name: { en: 'an Excel workbook', zh: 'Excel 工作簿' } }],
  [/^ppt\//, { name: { en: 'a PowerPoint presentation', zh: 'PowerPoint 演示文稿' } }],
  [
    /(^|\/)[^/]+\.netloom$/,
    {
      name: { en: 'a zip file with Netloom files in it', zh: '内含 Netloom 文件的 zip 压缩包' },
      advice: { en: 'Unpack it, then open one of them.', zh: '请解压后打开其中之一。' },
    },
  ],
];

const ZIP: Kind = {
  name: { en: 'a zip file with other contents', zh: '其他内容的 zip 压缩包' },
  advice: {
    en: 'If the network is inside, unpack it first and open that file.',
    zh: '如果网络在其中，请先解压再打开。',
  },
};
const BINARY: Kind = { name: { en: 'a file of an unknown type', zh: '未知类型的文件' } };
const TEXT: Kind = { name: { en: 'a text file', zh: '文本文件' } };
const HTML: Kind = {
  name: { en: 'a web page', zh: '网页' },
  advice: {
    en: 'The download may have returned a page instead of the file. Download the file again.',
    zh: '下载到的可能是网页而不是文件。请重新下载。',
  },
};

const message = (name: string, { name: kind, advice = OPEN_OURS }: Kind): Text => ({
  en: `“${name}” is ${kind.en}, not a network. ${advice.en}`,
  zh: `“${name}”是${kind.zh}，不是网络。${advice.zh}`,
});

/** True for readable text, apart from a character cut off at the end. */
function isText(start: Uint8Array): boolean {
  const isControl = (byte: number): boolean => byte < 0x20 && ![0x09, 0x0a, 0x0c, 0x0d].includes(byte);
  return !start.some(isControl) && (strFromU8(start).match(/\ufffd/g)?.length ?? 0) <= 1;
}

/** Message about a file that is not a network: its kind, and the next step. `name` is the name in the message. */
export function foreignFile(bytes: Uint8Array, name: string): Text {
  if (bytes.length === 0) {
    return {
      en: `“${name}” is an empty file. Get the file again, or open an earlier copy.`,
      zh: `“${name}”是空文件。请重新获取该文件，或打开较早的副本。`,
    };
  }
  const found = kinds.find(([test]) => test(bytes))?.[1];
  if (found !== undefined) return message(name, found);
  const start = bytes.subarray(0, 4096);
  if (!isText(start)) return message(name, BINARY);
  return message(name, /^\ufeff?\s*<(!doctype html|html)/i.test(strFromU8(start)) ? HTML : TEXT);
}

/** The same for a zip file, by the names of its entries; `sound` if all of them could be read. */
export function foreignZip(entries: readonly string[], sound: boolean, name: string): Text {
  const found = inZip.find(([entry]) => entries.some((each) => entry.test(each)))?.[1];
  if (found === undefined && !sound) {
    return {
      en: `“${name}” is damaged or incomplete, and no network was found in it. Open an earlier copy, or get the file again.`,
      zh: `“${name}”已损坏或不完整，其中找不到网络。请打开较早的副本，或重新获取该文件。`,
    };
  }
  return message(name, found ?? ZIP);
}

/** An ONNX model without a Netloom document, or with another graph: it is imported, not read. */
export class ForeignOnnx extends UserError {}

export function foreignOnnx(producer: string, name: string): ForeignOnnx {
  const by = same(producer === '' ? '' : ` (${producer})`);
  return new ForeignOnnx(
    message(name, {
      name: { en: `an ONNX model without a Netloom document${by.en}`, zh: `不含 Netloom 文档的 ONNX 模型${by.zh}` },
      advice: toImport,
    }),
  );
}

/** For a model that is not the one that Netloom exported from the network in its metadata. */
export const changedOnnx = (name: string): ForeignOnnx =>
  new ForeignOnnx(
    message(name, {
      name: {
        en: 'an ONNX model that another program has changed after Netloom exported it',
        zh: '由 Netloom 导出后又被其他程序修改过的 ONNX 模型',
      },
      advice: toImport,
    }),
  );

const toImport: Text = {
  en: 'Open it in the window, or convert it: netloom import IN.onnx -o OUT.netloom',
  zh: '请在窗口中打开它，或进行转换：netloom import IN.onnx -o OUT.netloom',
};

/** The same for JSON that is not a network. */
export function foreignJson(json: unknown, name: string): Text {
  const keys = new Set(typeof json === 'object' && json !== null ? Object.keys(json) : []);
  if (keys.has('nbformat')) return message(name, { name: { en: 'a Jupyter notebook', zh: 'Jupyter 笔记本' } });
  return message(name, { name: { en: 'a JSON file with other contents', zh: '其他内容的 JSON 文件' } });
}

/** The same for JSON with an error; `at` is the first unreadable character. */
export function brokenJson(text: string, at: number, name: string): Text {
  const line = text.slice(0, at).split('\n').length;
  return {
    en: `“${name}” is JSON with an error in line ${line}, or it ends there. Correct it, or open an earlier copy.`,
    zh: `“${name}”是 JSON 文件，但第 ${line} 行有错误，或文件在此处中断。请更正，或打开较早的副本。`,
  };
}
