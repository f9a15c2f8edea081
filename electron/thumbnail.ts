import { check } from '../src/check/check.ts';
import type { Thumbnail } from '../src/desktopCalls.ts';
import { defaultPicture, drawSvg, type PictureOptions } from '../src/export/svg.ts';
import type { NetworkDocument } from '../src/graph/document.ts';

/** Limit on the characters of a thumbnail; a larger one is not worth its space. */
const LARGEST = 200_000;

const options = { ...defaultPicture, detail: 'thumbnail', shapes: false, embed: false } satisfies PictureOptions;

/** Draws the thumbnail for light and dark themes, without a background; null for an empty or too large network. */
export function drawThumbnail(document: NetworkDocument): Thumbnail | null {
  if (document.nodes.length === 0) return null;
  const checked = check(document);
  const draw = (theme: PictureOptions['theme']) => drawSvg(document, checked, { ...options, theme, background: false });
  const thumbnail = { light: draw('light'), dark: draw('dark') };
  return thumbnail.light.length > LARGEST ? null : thumbnail;
}

/** Draws the cover image inside a project file, in the light theme with a background. */
export const drawCover = (document: NetworkDocument): string => drawSvg(document, check(document), options);
