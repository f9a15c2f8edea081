import type { Frame, Note } from '../graph/document.ts';
import type { Colors } from './pictureTheme.ts';
import { type Font, fitted, wrapped } from './textWidth.ts';
import { element, escapeXml } from './xml.ts';

const TITLE: Font = { size: 12, bold: true };
const BODY: Font = { size: 12 };
const LINE_HEIGHT = 17;
const PADDING = 10;

/** Draws a titled area; without `words`, only the area. */
export function drawFrame({ position, size, title, colour }: Frame, colors: Colors, words: boolean): string {
  const tone = colors.frame[colour];
  const { x, y } = position;
  return [
    element('rect', { x, y, ...size, rx: 8, fill: tone, 'fill-opacity': 0.07, stroke: tone, 'stroke-opacity': 0.6 }),
    words && title !== ''
      ? element(
          'text',
          { x: x + PADDING, y: y + 18, fill: colors.text, 'font-size': TITLE.size, 'font-weight': 600 },
          escapeXml(fitted(title, TITLE, size.width - 2 * PADDING)),
        )
      : '',
  ].join('');
}

export function drawNote({ position, size, text }: Note, colors: Colors, words: boolean): string {
  const { x, y } = position;
  const room = Math.max(1, Math.floor((size.height - 2 * PADDING + 4) / LINE_HEIGHT));
  const lines = words ? wrapped(text, BODY, size.width - 2 * PADDING, room) : [];
  return [
    element('rect', { x, y, ...size, rx: 6, fill: colors.note, stroke: colors.line }),
    ...lines.map((line, index) =>
      element(
        'text',
        { x: x + PADDING, y: y + PADDING + 11 + index * LINE_HEIGHT, fill: colors.text, 'font-size': BODY.size },
        escapeXml(line),
      ),
    ),
  ].join('');
}
