import type { Say } from '../../ui/i18n/i18n.ts';
import { figure } from './figures.ts';
import type { Cell, Tile } from './tiles.ts';

/** Value and position of an element as text; positions are counted from 1. */
export function cellWords(say: Say, { parts }: Tile, { part, row, column, values }: Cell): string {
  const place = { row: row + 1, column: column + 1, value: values.map(figure).join(' · ') };
  return parts > 1 ? say('look.cellIn', { channel: part + 1, ...place }) : say('look.cell', place);
}
