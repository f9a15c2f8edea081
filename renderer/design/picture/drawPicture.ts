import { defaultPicture, drawSvg } from '../../../src/export/svg.ts';
import { pngWithDocument } from '../../../src/graph/picture.ts';
import { useDocument, useUi } from '../../state/stores/stores.ts';
import { imageSource } from '../../ui/imageSource.ts';
import type { PictureChoices } from './pictureStore.ts';

/** Maximum side length of a canvas in Chromium, in pixels. */
const LONGEST = 16_000;

/** The image as SVG; without `embed` for a preview. */
export function svgOf(choices: PictureChoices, embed = choices.embed): string {
  const { root, rootCheck } = useDocument.getState();
  const { nodes, annotations } = useUi.getState().selection;
  const { theme, language, shapes, background, part } = choices;
  const only = part === 'selection' ? { only: new Set([...nodes, ...annotations]) } : {};
  return drawSvg(root, rootCheck, { ...defaultPicture, theme, language, shapes, background, embed, ...only });
}

function load(source: string): Promise<HTMLImageElement> {
  const image = new Image();
  return new Promise((resolve, reject) => {
    image.onload = () => resolve(image);
    image.onerror = () => reject(new Error('The drawn SVG could not be read as an image'));
    image.src = source;
  });
}

/** Rendered in the page, with its fonts; scaled down if the requested size is too large. */
async function png(svg: string, scale: number): Promise<Uint8Array> {
  const image = await load(imageSource(svg));
  const longest = Math.max(image.naturalWidth, image.naturalHeight);
  const factor = Math.min(scale, LONGEST / longest);
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(image.naturalWidth * factor);
  canvas.height = Math.round(image.naturalHeight * factor);
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (blob === null) throw new Error('The picture is too large to be drawn');
  return new Uint8Array(await blob.arrayBuffer());
}

/** The bytes of the file. */
export async function drawPicture(choices: PictureChoices): Promise<Uint8Array<ArrayBuffer>> {
  if (choices.format === 'svg') return new TextEncoder().encode(svgOf(choices));
  const plain = await png(svgOf(choices, false), choices.scale);
  return choices.embed ? pngWithDocument(plain, useDocument.getState().root) : new Uint8Array(plain);
}
