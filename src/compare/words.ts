import { valueText } from '../check/fixes.ts';
import type { ConfigValue } from '../graph/document.ts';
import { type Field, shapeText } from '../layers/config.ts';
import type { Shape } from '../layers/layer.ts';
import { same, type Text } from '../text.ts';
import type { Change } from './changes.ts';
import type { Row } from './compare.ts';

const NONE: Text = { en: 'none', zh: '无' };

function valueWords(field: Field | null, value: ConfigValue | null): Text {
  if (value === null) return NONE;
  const isSize = Array.isArray(value) && field?.kind !== 'numbers';
  return isSize ? same(value.join('×')) : valueText(field ?? undefined, value);
}

const shapeWords = (shape: Shape | null): Text => (shape === null ? same('?') : same(shapeText(shape)));

/** A change as text: `Kernel 5×5 → 3×3`. */
const fromTo = (what: Text, from: Text, to: Text): Text => ({
  en: `${what.en} ${from.en} → ${to.en}`.trim(),
  zh: `${what.zh} ${from.zh} → ${to.zh}`.trim(),
});

/** One difference of a node as a short text. */
function changeText(change: Change): Text {
  switch (change.what) {
    case 'layer':
      return fromTo(same(''), change.from, change.to);
    case 'config': {
      const { field, key, from, to } = change;
      return fromTo(field?.label ?? same(key), valueWords(field, from), valueWords(field, to));
    }
    case 'repeat':
      return fromTo({ en: 'repeat', zh: '重复' }, same(`×${change.from}`), same(`×${change.to}`));
    case 'frozen':
      return change.to ? { en: 'frozen', zh: '冻结' } : { en: 'unfrozen', zh: '取消冻结' };
    case 'input':
      return fromTo({ en: 'input', zh: '输入' }, shapeWords(change.from), shapeWords(change.to));
    case 'output':
      return fromTo({ en: 'output', zh: '输出' }, shapeWords(change.from), shapeWords(change.to));
    case 'edge':
      return fromTo({ en: `${change.port} from`, zh: `${change.port} 来自` }, same(change.from), same(change.to));
    default:
      return change satisfies never;
  }
}

/** All differences of a node. */
export const changesText = (changes: readonly Change[]): Text => ({
  en: changes.map((change) => changeText(change).en).join(', '),
  zh: changes.map((change) => changeText(change).zh).join('，'),
});

/** The name of a node, or both names if they differ. */
export const nameText = ({ a, b }: Row): string =>
  a === null || b === null || a.name === b.name ? ((b ?? a)?.name ?? '') : `${a.name} → ${b.name}`;

/** A number with sign and thousands separators; 0 has no sign. */
export const signed = (value: number): string =>
  value === 0 ? '0' : `${value > 0 ? '+' : '−'}${Math.abs(value).toLocaleString('en')}`;

export const SIGNS = { same: '=', changed: '≠', added: '+', removed: '−' } as const;
