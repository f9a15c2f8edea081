import { valueText } from '../../../src/check/fixes.ts';
import type { Exposable } from '../../../src/plan/exposable.ts';
import { useWords } from '../../ui/i18n/i18n.ts';

/** Value of a field as text. */
export function FieldValue({ field, value }: Pick<Exposable, 'field' | 'value'>) {
  const { say, pick } = useWords();
  if (typeof value === 'boolean') return say(value ? 'block.on' : 'block.off');
  return pick(valueText(field, value)) || '–';
}
