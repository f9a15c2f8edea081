import { useUi } from '../../state/stores/stores.ts';
import { beginInput, usePredict } from './predictStore.ts';
import { readImage } from './readImage.ts';

/** Max number of images shown at once. */
const MOST = 100;

/** Predicts image files, and reports those that are not images. */
export async function takeImages(files: readonly File[]): Promise<void> {
  const isNewest = beginInput();
  const read = await Promise.all(
    files.slice(0, MOST).map(async (file) => ({ name: file.name, raster: await readImage(file) })),
  );
  if (!isNewest()) return;
  const images = read.flatMap(({ name, raster }) => (raster === null ? [] : [{ name, raster }]));
  usePredict.getState().showImages(images);
  const bad = read.filter(({ raster }) => raster === null).map(({ name }) => name);
  if (bad.length === 0) useUi.getState().settle('images');
  else {
    const message = { key: 'predict.unreadable', values: { files: bad.slice(0, 3).join(', ') } } as const;
    useUi.getState().notify({ tone: 'bad', about: 'images', message });
  }
}
