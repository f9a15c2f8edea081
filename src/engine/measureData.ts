import { type Dataset, labeledImages } from '../data/dataset.ts';
import { type PixelImage, resize } from '../data/resize.ts';
import type { NetworkDocument, TransformStep } from '../graph/document.ts';
import { isInput } from '../layers/input.ts';
import { random } from '../random/philox.ts';
import { benchTransforms } from '../transforms/benchTransforms.ts';
import type { ByteImage, ImageShape } from '../transforms/image.ts';
import { augmented, type Pipeline, readPipeline } from '../transforms/pipeline.ts';
import { threadedFeed } from './batchFeed.ts';
import { decodeImage } from './data/decodeImage.ts';
import { openTraining } from './measure.ts';
import { checkedGraph, samplesFor } from './network.ts';
import type { Device } from './session.ts';

/** Speed of one stage of the way of an image from its file to the training step. */
export interface DataSpeed {
  readonly stage: 'decode' | 'resize' | 'transform' | 'feed' | 'step';
  /** Format and size of the image, name of the transform, or number of threads. */
  readonly name: string;
  readonly imagesPerSecond: number;
}

/** Feed and step at the same time, as in a run. */
export interface FeedRun {
  readonly imagesPerSecond: number;
  /** Share of the time that the steps waited for their batch, 0 to 1. */
  readonly waiting: number;
}

const SIZES = [
  [64, 64],
  [224, 224],
  [500, 375],
] as const;
const SIDE = 64;
const SHAPE: ImageShape = [3, SIDE, SIDE];
const BATCH = 64;
/** Images of a repetition: a single one takes too little time for the clock. */
const AT_ONCE = 8;

/** A picture of soft spots with a little noise: it compresses like a photo. */
export function picture(width: number, height: number, seed = 1): PixelImage {
  const rng = random(seed, 'picture');
  const spots = Uint8Array.from({ length: 3 * 16 * 12 }, () => rng.below(256));
  const soft = resize({ width: 16, height: 12, channels: 3, pixels: spots }, width, height, 'bicubic');
  const noise = Uint8Array.from({ length: 4099 }, () => rng.below(16));
  const pixels = soft.pixels.map((value, i) => Math.min(255, value + (noise[i % noise.length] as number)));
  return { ...soft, pixels };
}

/** The picture as a file. */
export async function encoded({ width, height, pixels }: PixelImage, format: 'JPEG' | 'PNG'): Promise<Uint8Array> {
  const { Transformer } = await import('@napi-rs/image');
  const head = new TextEncoder().encode(`P6\n${width} ${height}\n255\n`);
  const image = new Transformer(Buffer.concat([head, pixels]));
  return format === 'JPEG' ? image.jpeg(85) : image.png();
}

/** Images per second by the median of `times` repetitions after two of warm-up. */
async function speedOf(times: number, images: number, work: () => unknown): Promise<number> {
  const seconds: number[] = [];
  for (let i = -2; i < times; i++) {
    const started = performance.now();
    await work();
    if (i >= 0) seconds.push((performance.now() - started) / 1000);
  }
  seconds.sort((a, b) => a - b);
  return images / Math.max(seconds[times >> 1] as number, 1e-9);
}

/** Speed of decoding, resizing and every transform, on one thread. */
export async function* measureImages(times: number): AsyncGenerator<DataSpeed> {
  for (const format of ['JPEG', 'PNG'] as const) {
    for (const [width, height] of SIZES) {
      const file = await encoded(picture(width, height), format);
      const imagesPerSecond = await speedOf(times, AT_ONCE, async () => {
        for (let i = 0; i < AT_ONCE; i++) await decodeImage(file);
      });
      yield { stage: 'decode', name: `${format} ${width}×${height}`, imagesPerSecond };
    }
  }
  for (const [width, height] of SIZES.slice(1)) {
    const image = picture(width, height);
    const imagesPerSecond = await speedOf(times, AT_ONCE, () => {
      for (let i = 0; i < AT_ONCE; i++) resize(image, SIDE, SIDE, 'bilinear');
    });
    yield { stage: 'resize', name: `${width}×${height} → ${SIDE}×${SIDE}`, imagesPerSecond };
  }
  const pixels = Uint8Array.from({ length: 3 * SIDE * SIDE }, (_, i) => (i * 7919) >> 3);
  const image: ByteImage = { shape: SHAPE, pixels };
  for (const step of benchTransforms) {
    const pipeline = pipelineOf(step);
    let sample = 0;
    const imagesPerSecond = await speedOf(times, AT_ONCE, () => {
      for (let i = 0; i < AT_ONCE; i++) augmented(pipeline, image, { seed: 1, epoch: 0, sample: sample++ });
    });
    yield { stage: 'transform', name: step.type, imagesPerSecond };
  }
}

/** A step alone, without the rule that prediction gives the same shape. */
function pipelineOf(step: TransformStep): Pipeline {
  const { pipeline, problems } = readPipeline([step], SHAPE);
  if (pipeline === null) throw new Error(`${step.type}: ${problems[0]?.message.en}`);
  return pipeline;
}

/** Usual augmentation of small images. */
export const benchAugmentation: readonly TransformStep[] = [
  { type: 'RandomCrop', size: [SIDE, SIDE], padding: [4] },
  { type: 'RandomHorizontalFlip' },
  { type: 'ColorJitter' },
  { type: 'Normalize', mean: [0.5], std: [0.25] },
];

const images = (): Dataset => {
  const pixels = Uint8Array.from({ length: 512 * 3 * SIDE * SIDE }, (_, i) => (i * 7919) >> 3);
  return labeledImages(
    'bench',
    SHAPE,
    pixels,
    Uint8Array.from({ length: 512 }, (_, i) => i % 10),
  );
};

/** The network at 3×64×64 with the augmentation. */
const atBenchSize = (document: NetworkDocument): NetworkDocument => ({
  ...document,
  nodes: document.nodes.map((node) =>
    isInput(node.layer) ? { ...node, config: { ...node.config, shape: [...SHAPE] } } : node,
  ),
  data: { ...document.data, transforms: [...benchAugmentation] },
});

interface FeedOptions {
  readonly steps: number;
  readonly device: Device;
  /** Script of the threads that prepare batches. */
  readonly script: string;
}

/** Speed of batches of 64 augmented images of 3×64×64, of the training step of a network on them, and of both at the same time. */
export async function measureFeed(
  document: NetworkDocument,
  { steps, device, script }: FeedOptions,
): Promise<{ readonly feed: DataSpeed; readonly step: DataSpeed; readonly run: FeedRun }> {
  const sized = atBenchSize(document);
  const samples = samplesFor(checkedGraph(sized), images());
  const indices = Uint32Array.from({ length: 512 }, (_, i) => i);
  const feed = threadedFeed({ samples, indices, batch: BATCH, seed: 1, first: { epoch: 0, seen: 0 } }, script);
  const training = await openTraining(sized, { batch: BATCH, device });
  try {
    // The threads prepare some batches ahead, which would count as prepared in no time.
    const alone = await meanSpeed(steps, () => feed.next());
    const step = await speedOf(steps, BATCH, () => training.step());
    let waited = 0;
    const started = performance.now();
    for (let i = 0; i < steps; i++) {
      const asked = performance.now();
      await feed.next();
      waited += performance.now() - asked;
      await training.step();
    }
    const milliseconds = performance.now() - started;
    return {
      feed: { stage: 'feed', name: `${feed.threads}`, imagesPerSecond: alone },
      step: { stage: 'step', name: document.name, imagesPerSecond: step },
      run: { imagesPerSecond: (1000 * BATCH * steps) / milliseconds, waiting: waited / milliseconds },
    };
  } finally {
    await feed.close();
    await training.release();
  }
}

/** Images per second over all batches after a warm-up. */
async function meanSpeed(steps: number, next: () => Promise<unknown>): Promise<number> {
  for (let i = 0; i < AT_ONCE; i++) await next();
  const started = performance.now();
  for (let i = 0; i < steps; i++) await next();
  return (1000 * BATCH * steps) / Math.max(performance.now() - started, 1e-6);
}
