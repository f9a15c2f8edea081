import { check } from '../src/check/check.ts';
import type { Thumbnail } from '../src/desktopCalls.ts';
import { defaultPicture, drawSvg, type PictureOptions } from '../src/export/svg.ts';
import type { NetworkDocument } from '../src/graph/document.ts';

/** Beyond so many characters a picture the size of a stamp is not worth its place. */
const LARGEST = 200_000;

const options = { ...defaultPicture, detail: 'thumbnail', shapes: false, embed: false } satisfies PictureOptions;

/** For light and dark surroundings, without a background; null for a network too large, or empty. */
export function drawThumbnail(document: NetworkDocument): Thumbnail | null {
  if (document.nodes.length === 0) return null;
  const checked = check(document);
  const draw = (theme: PictureOptions['theme']) => drawSvg(document, checked, { ...options, theme, background: false });
  const thumbnail = { light: draw('light'), dark: draw('dark') };
  return thumbnail.light.length > LARGEST ? null : thumbnail;
}

/** For the project itself, where others look at it: light, on paper. */
export const drawCover = (document: NetworkDocument): string => drawSvg(document, check(document), options);
