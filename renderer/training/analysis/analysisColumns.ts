import type { Key } from '../../ui/i18n/i18n.ts';
import type { Column } from './rows.ts';

/** Column headers. Columns of numbers are right-aligned. */
export const heads: readonly { readonly column: Column; readonly title: Key; readonly number: boolean }[] = [
  { column: 'name', title: 'analysis.name', number: false },
  { column: 'kind', title: 'analysis.kind', number: false },
  { column: 'shape', title: 'analysis.shape', number: true },
  { column: 'trainable', title: 'analysis.trainable', number: true },
  { column: 'frozen', title: 'analysis.frozen', number: true },
  { column: 'macs', title: 'analysis.macs', number: true },
  { column: 'activation', title: 'analysis.activation', number: true },
];
