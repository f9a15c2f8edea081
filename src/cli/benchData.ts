import { type DataSpeed, measureFeed, measureImages } from '../engine/measureData.ts';
import type { Device } from '../engine/session.ts';
import type { NetworkDocument } from '../graph/document.ts';
import type { Text } from '../text.ts';
import { counted, type Output, table } from './output.ts';

interface BenchDataOptions {
  readonly output: Output;
  /** Repetitions of every measurement. */
  readonly steps: number;
  readonly device: Device;
  /** Script of the threads that prepare batches. */
  readonly script: string;
}

const STAGES: Readonly<Record<DataSpeed['stage'], Text>> = {
  decode: { en: 'decode', zh: '解码' },
  resize: { en: 'resize', zh: '缩放' },
  transform: { en: 'transform 3×64×64', zh: '变换 3×64×64' },
  feed: { en: 'batches of 64, augmented', zh: '增强后的小批量（64）' },
  step: { en: 'training step at 64×64, batch 64', zh: '训练步（64×64，批量 64）' },
};

/** Measures images per second on the way from the file to the training step of `document`. */
export async function benchData(
  document: NetworkDocument,
  { output, steps, device, script }: BenchDataOptions,
): Promise<void> {
  const { words, print, printJson } = output;
  const speeds: DataSpeed[] = [];
  for await (const speed of measureImages(steps)) {
    output.progress(`${words(STAGES[speed.stage])} ${speed.name}`);
    printJson(speed);
    speeds.push(speed);
  }
  output.progress(words(STAGES.feed));
  const { feed, step, run } = await measureFeed(document, { steps, device, script });
  const ratio = feed.imagesPerSecond / step.imagesPerSecond;
  for (const row of [feed, step, { stage: 'run', ...run, ratio }]) printJson(row);
  const threads = { ...feed, name: words({ en: `threads: ${feed.name}`, zh: `线程：${feed.name}` }) };
  const head = [
    { en: 'stage', zh: '阶段' },
    { en: 'of', zh: '对象' },
    { en: 'images/s', zh: '图像/秒' },
  ].map(words);
  const rows = [...speeds, threads, step].map(({ stage, name, imagesPerSecond }) => [
    words(STAGES[stage]),
    name,
    counted(Math.round(imagesPerSecond)),
  ]);
  for (const line of table([head, ...rows], [2])) print(line);
  const [times, percent] = [ratio.toFixed(2), Math.round(100 * run.waiting)];
  const rate = counted(Math.round(run.imagesPerSecond));
  print(
    words({
      en: `Alone, batches are prepared ${times} times as fast as ${document.name} takes them. Together: ${rate} images/s, waiting for data ${percent}% of the time.`,
      zh: `单独测量时，小批量的准备速度是 ${document.name} 处理速度的 ${times} 倍。同时进行时：每秒 ${rate} 张图像，等待数据占 ${percent}% 的时间。`,
    }),
  );
}
