// For tests: a dataset as it is given before its images are decoded, and the result of the decoding.
import type { Dataset, UnreadableFile } from '../../data/dataset.ts';
import type { ImageConfig } from '../../graph/document.ts';
import { DecodedCache, type DecodedImages, MOST_KEPT } from './decodedCache.ts';
import type { RestOfImages } from './decodeLater.ts';
import { openPath } from './openPath.ts';

export interface OpenedLater {
  readonly dataset: Dataset;
  readonly faults: readonly UnreadableFile[];
  readonly all: DecodedImages;
}

/** Opens images however small, and decodes them after `between`. `cache`: the folder of decoded images. */
export async function openedLater(
  path: string,
  cache: string,
  between: (dataset: Dataset, rest: RestOfImages) => unknown = () => {},
  image: ImageConfig | null = null,
): Promise<OpenedLater> {
  const left: RestOfImages[] = [];
  const dataset = await openPath(path, {
    data: { validation: 0.2, splitSeed: 1 },
    image,
    progress: () => {},
    cache: new DecodedCache(cache, MOST_KEPT, 0),
    later: (rest) => left.push(rest),
  });
  const [rest] = left;
  if (rest === undefined) throw new Error('all images were decoded at once');
  await between(dataset, rest);
  const faults: UnreadableFile[] = [];
  const { all } = await rest.decode({ progress: () => {}, fault: (_, file) => faults.push(file) });
  return { dataset, faults, all };
}
