import { useUi } from '../../state/stores/stores.ts';
import { beginInput, usePredict } from './predictStore.ts';
import { readPicture } from './readPicture.ts';

/** More than that are not shown at once. */
const MOST = 100;

/** Predicts pictures out of files; says which of them are none. */
export async function takePictures(files: readonly File[]): Promise<void> {
  const isNewest = beginInput();
  const read = await Promise.all(
    files.slice(0, MOST).map(async (file) => ({ name: file.name, image: await readPicture(file) })),
  );
  if (!isNewest()) return;
  const pictures = read.flatMap(({ name, image }) => (image === null ? [] : [{ name, image }]));
  usePredict.getState().showPictures(pictures);
  const bad = read.filter(({ image }) => image === null).map(({ name }) => name);
  if (bad.length === 0) useUi.getState().settle('images');
  else {
    const message = { key: 'predict.unreadable', values: { files: bad.slice(0, 3).join(', ') } } as const;
    useUi.getState().notify({ tone: 'bad', about: 'images', message });
  }
}
