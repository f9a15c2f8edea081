import { stat } from 'node:fs/promises';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { isOwn } from '../../data/known.ts';
import type { NetworkDocument } from '../../graph/document.ts';

/** The document as it is saved at `path`: own data is found again when both have moved together. */
export function withRelativeSource(document: NetworkDocument, path: string): NetworkDocument {
  const { relativeSource: _, ...data } = document.data;
  if (!isOwn(data) || !isAbsolute(data.source)) return { ...document, data };
  const way = relative(dirname(resolve(path)), data.source);
  // On Windows there is none to another drive.
  if (way === '' || isAbsolute(way)) return { ...document, data };
  return { ...document, data: { ...data, relativeSource: way.split(sep).join('/') } };
}

/** The document that was read at `path`, with the place of its data beside it where the data is no longer in its old place. */
export async function withFoundSource(document: NetworkDocument, path: string): Promise<NetworkDocument> {
  const { relativeSource, ...data } = document.data;
  if (relativeSource === undefined) return document;
  const beside = resolve(dirname(resolve(path)), relativeSource);
  const isFound = isOwn(data) && !(await exists(data.source)) && (await exists(beside));
  return { ...document, data: isFound ? { ...data, source: beside } : data };
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
