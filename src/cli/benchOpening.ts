import { rm } from 'node:fs/promises';
import type { EngineFiles } from '../engine/files.ts';
import { imageFolder, measureOpening } from '../engine/measureOpening.ts';
import { counted, type Output, table } from './output.ts';

interface BenchOpeningOptions {
  readonly output: Output;
  readonly files: EngineFiles;
  /** Images of the folder that is made where no path is given. */
  readonly images: number;
}

/** Measures the first and the second opening of own data, or of a folder of images that it makes for this. */
export async function benchOpening(
  path: string | undefined,
  { output, files, images }: BenchOpeningOptions,
): Promise<void> {
  const { words, print, printJson } = output;
  output.progress(words({ en: 'making images', zh: '正在生成图像' }));
  const source = path ?? (await imageFolder(images));
  try {
    const rows: string[][] = [];
    output.progress(words({ en: 'opening the dataset', zh: '正在打开数据集' }));
    for await (const times of measureOpening(source, files)) {
      printJson(times);
      const { opening, samples, scan, firstBatch, all, cpu, peakMb } = times;
      const name = opening === 'first' ? { en: 'first', zh: '首次' } : { en: 'again', zh: '再次' };
      const seconds = [scan, firstBatch, all, cpu.scan, cpu.firstBatch, cpu.all].map((value) => value.toFixed(2));
      rows.push([words(name), counted(samples), ...seconds, `${Math.round(peakMb)}`]);
    }
    const head = [
      { en: 'opening', zh: '打开' },
      { en: 'samples', zh: '样本' },
      { en: 'split known, s', zh: '划分已知，秒' },
      { en: 'then first batch, s', zh: '再到首个小批量，秒' },
      { en: 'all decoded, s', zh: '全部解码，秒' },
      { en: 'CPU s: split', zh: 'CPU 秒：划分' },
      { en: 'batch', zh: '小批量' },
      { en: 'all', zh: '全部' },
      { en: 'peak MB', zh: '内存峰值 MB' },
    ].map(words);
    for (const line of table([head, ...rows], [1, 2, 3, 4, 5, 6, 7, 8])) print(line);
  } finally {
    if (path === undefined) await rm(source, { recursive: true, force: true });
  }
}
