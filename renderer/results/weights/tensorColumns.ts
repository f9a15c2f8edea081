import type { Key, Say } from '../../ui/i18n/i18n.ts';
import { type Column, numberColumns } from './tensorRows.ts';

/** Column headers in the order of the table; the shape comes after the layer and is not sorted. */
const titles: Readonly<Record<Column | 'type' | 'shape', Key>> = {
  name: 'weights.name',
  kind: 'weights.layer',
  type: 'weights.dtype',
  shape: 'weights.shape',
  count: 'weights.elements',
  min: 'weights.min',
  max: 'weights.max',
  mean: 'look.mean',
  std: 'weights.std',
  norm: 'weights.norm',
  zeros: 'look.zeros',
  moved: 'weights.moved',
};

export const headsOf = (say: Say): Readonly<Record<Column | 'type' | 'shape', string>> =>
  Object.fromEntries(Object.entries(titles).map(([column, key]) => [column, say(key)])) as Record<
    Column | 'type' | 'shape',
    string
  >;

export const tableColumns: readonly (Column | 'shape')[] = ['name', 'kind', 'shape', ...numberColumns];
