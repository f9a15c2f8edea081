import { basename, extname } from 'node:path';

export const NETLOOM = '.netloom';

/** Replaces characters that file systems refuse or read as a folder. */
export const fileName = (name: string): string => name.replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, '-');

/** File name without folder and extension. */
export const stem = (path: string): string => basename(path, extname(path));

/** Only a project is saved to again: a JSON file cannot hold weights, and an image stays an image. */
export const isProject = (path: string): boolean => extname(path).toLowerCase() === NETLOOM;

/** Adds the extension to a name that has none. */
export const withExtension = (path: string, extension: string): string =>
  basename(path).includes('.') ? path : `${path}.${extension}`;
