import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';

const testdata = fileURLToPath(new URL('../../../../testdata/', import.meta.url));
const text = (words: string): Uint8Array => new TextEncoder().encode(words);
const image = (name: string): Uint8Array => readFileSync(join(testdata, 'images', name));
const array = (name: string): Uint8Array => readFileSync(join(testdata, 'arrays', name));

/** A small undamaged dataset, one file of which is to be damaged. */
export interface Source {
  readonly format: string;
  /** Path below the folder of the dataset. */
  readonly file: string;
  readonly bytes: Uint8Array;
  /** Opens the file itself; else its folder. */
  readonly asFile: boolean;
  /** Files beside it. */
  readonly others: Readonly<Record<string, Uint8Array>>;
}

const axes = (lengths: readonly number[]) => lengths.flatMap((length) => [0, 0, length >> 8, length & 255]);
const idx = (lengths: readonly number[], bytes: readonly number[]): Uint8Array =>
  Uint8Array.from([0, 0, 8, lengths.length, ...axes(lengths), ...bytes]);

const SAMPLES = 40;
const pixels = idx(
  [SAMPLES, 4, 4],
  Array.from({ length: SAMPLES * 16 }, (_, at) => (at * 37) & 255),
);
const labels = idx(
  [SAMPLES],
  Array.from({ length: SAMPLES }, (_, at) => at % 3),
);
const cifar = Uint8Array.from({ length: 4 * 3073 }, (_, at) => (at % 3073 === 0 ? (at / 3073) % 10 : (at * 31) & 255));
const rows = Array.from(
  { length: 30 },
  (_, at) => `${at * 0.37},"kind ${at % 4}",${at % 7},${at % 2 === 0 ? 'x' : 'y'}`,
);
const csv = text(`width,"a ""name""",size,label\n${rows.join('\n')}\n`);

/** Undamaged images around a damaged one. */
const images = { 'cat/1.png': image('rgb.png'), 'dog/2.png': image('palette.png') };
const damagedImage = (format: string, name: string): Source => ({
  format,
  file: `dog/damaged${name.slice(name.lastIndexOf('.'))}`,
  bytes: image(name),
  asFile: false,
  others: images,
});

/** A safetensors file of samples [6, 3] and labels [6]. */
function safetensors(): Uint8Array {
  const header = text(
    JSON.stringify({
      x: { dtype: 'F32', shape: [6, 3], data_offsets: [0, 72] },
      y: { dtype: 'I64', shape: [6], data_offsets: [72, 120] },
    }).padEnd(136),
  );
  const bytes = new Uint8Array(8 + header.length + 120);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, header.length, true);
  bytes.set(header, 8);
  for (let at = 0; at < 18; at++) view.setFloat32(8 + header.length + 4 * at, at / 7, true);
  for (let at = 0; at < 6; at++) view.setUint32(8 + header.length + 72 + 8 * at, at % 3, true);
  return bytes;
}

const file = (format: string, name: string, bytes: Uint8Array, others: Source['others'] = {}): Source => ({
  format,
  file: name,
  bytes,
  asFile: true,
  others,
});

/** One dataset of every format that is read, and of every way that an image is stored. */
export const sources: readonly Source[] = [
  damagedImage('PNG', 'rgba.png'),
  damagedImage('PNG, interlaced', 'magick-interlaced.png'),
  damagedImage('PNG, palette', 'palette.png'),
  damagedImage('JPEG', 'orientation-6.jpg'),
  damagedImage('JPEG, progressive', 'progressive.jpg'),
  damagedImage('WebP, lossy', 'lossy.webp'),
  damagedImage('WebP, lossless', 'lossless.webp'),
  damagedImage('BMP', 'rgb.bmp'),
  damagedImage('BMP, palette', 'gray.bmp'),
  damagedImage('GIF', 'animated.gif'),
  damagedImage('TIFF', 'rgb.tiff'),
  damagedImage('PPM', 'magick.ppm'),
  file('IDX', 'train-images-idx3-ubyte', pixels, { 'train-labels-idx1-ubyte': labels }),
  file('IDX labels', 'train-labels-idx1-ubyte', labels, { 'train-images-idx3-ubyte': pixels }),
  file('IDX.gz', 'train-images-idx3-ubyte.gz', gzipSync(pixels), { 'train-labels-idx1-ubyte.gz': gzipSync(labels) }),
  file('CIFAR', 'data_batch_1.bin', cifar),
  file('CSV', 'table.csv', csv),
  file('CSV.gz', 'table.csv.gz', gzipSync(csv)),
  file('TSV', 'table.tsv', text(new TextDecoder().decode(csv).replaceAll(',', '\t'))),
  file('npy', 'x.npy', array('f4.npy'), { 'y.npy': array('labels3.npy') }),
  file('npz', 'arrays.npz', array('parts.npz')),
  file('npz, compressed', 'arrays.npz', array('onehot.npz')),
  file('safetensors', 'data.safetensors', safetensors()),
  file(
    'zip of images',
    'pets.zip',
    zipSync({
      'pets/cat/1.png': image('rgb.png'),
      'pets/cat/2.jpg': image('gray.jpg'),
      'pets/dog/3.gif': image('palette.gif'),
    }),
  ),
  {
    format: 'folder and CSV',
    file: 'labels.csv',
    bytes: text('file,label,split\n1.png,x,train\nimages/2.png,y,train\n3,"z",test\n'),
    asFile: false,
    others: {
      'images/1.png': image('rgb.png'),
      'images/2.png': image('gray.png'),
      'images/3.png': image('palette.png'),
    },
  },
];

/** Writes the dataset with `bytes` as its damaged file. Returns the path to open. */
export function place(root: string, { file: name, asFile, others }: Source, bytes: Uint8Array): string {
  for (const [path, content] of Object.entries({ ...others, [name]: bytes })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return asFile ? join(root, name) : root;
}
