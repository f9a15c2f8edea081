import type { Frame, Note } from '../graph/document.ts';
import type { Colours } from './pictureTheme.ts';
import { type Font, fitted, wrapped } from './textWidth.ts';
import { element, escapeXml } from './xml.ts';

const TITLE: Font = { size: 12, bold: true };
const BODY: Font = { size: 12 };
const LINE_HEIGHT = 17;
const PADDING = 10;

/** Draws a titled area; without `words`, only the area. */
export function drawFrame({ position, size, title, colour }: Frame, colours: Colours, words: boolean): string {
  const tone = colours.frame[colour];
  const { x, y } = position;
  return [
    element('rect', { x, y, ...size, rx: 8, fill: tone, 'fill-opacity': 0.07, stroke: tone, 'stroke-opacity': 0.6 }),
    words && title !== ''
      ? element(
          'text',
          { x: x + PADDING, y: y + 18, fill: colours.text, 'font-size': TITLE.size, 'font-weight': 600 },
          escapeXml(fitted(title, TITLE, size.width - 2 * PADDING)),
        )
      : '',
  ].join('');
}

export function drawNote({ position, size, text }: Note, colours: Colours, words: boolean): string {
  const { x, y } = position;
  const room = Math.max(1, Math.floor((size.height - 2 * PADDING + 4) / LINE_HEIGHT));
  const lines = words ? wrapped(text, BODY, size.width - 2 * PADDING, room) : [];
  return [
    element('rect', { x, y, ...size, rx: 6, fill: colours.note, stroke: colours.line }),
    ...lines.map((line, index) =>
      element(
        'text',
        { x: x + PADDING, y: y + PADDING + 11 + index * LINE_HEIGHT, fill: colours.text, 'font-size': BODY.size },
        escapeXml(line),
      ),
    ),
  ].join('');
}
