import type { CSSProperties } from 'react';
import type { Side } from '../../../src/compare/compare.ts';
import type { SettingDifference } from '../../../src/compare/settings.ts';
import { changesText, nameText, signed } from '../../../src/compare/words.ts';
import type { ConfigValue } from '../../../src/graph/document.ts';
import { useWords } from '../../ui/i18n/i18n.ts';
import { short, whole } from '../../ui/i18n/numbers.ts';
import { type Key, words } from '../../ui/i18n/words.ts';
import { Icon } from '../../ui/icons/Icon.tsx';
import { signedShort } from './CompareHead.tsx';
import css from './CompareTable.module.css';
import { Figure } from './Figure.tsx';
import type { Item } from './items.ts';
import { Sign } from './Sign.tsx';

interface Line {
  readonly id: string;
  readonly index: number;
  readonly selected: boolean;
  onChoose(): void;
}

interface RowProps extends Line {
  readonly item: Item & { readonly kind: 'row' };
  onFold(open: boolean): void;
  onEnter(): void;
}

/** The figures of both sides, or one figure if they are equal. */
function eitherWay(a: Side | null, b: Side | null, key: 'params' | 'macs', write: (value: number) => string): string {
  const [from, to] = [a?.[key] ?? null, b?.[key] ?? null];
  if (from === null || to === null || from === to) return write(from ?? to ?? 0);
  return `${write(from)} → ${write(to)}`;
}

export function RowLine({ item, id, index, selected, onChoose, onFold, onEnter }: RowProps) {
  const { say, pick } = useWords();
  const { row, around, open } = item;
  const { state, a, b, changes, difference } = row;
  const side = b ?? a;
  const isCopy = side !== null && side.kind.en === '';
  const changed = pick(changesText(changes));
  return (
    <tr
      id={id}
      aria-rowindex={index + 2}
      aria-level={around.length + 1}
      aria-expanded={open ?? undefined}
      aria-selected={selected}
      className={css[state]}
      onClick={onChoose}
      onDoubleClick={onEnter}
    >
      <th scope="row" style={{ '--depth': around.length } as CSSProperties}>
        <span className={css.named}>
          {open === null ? (
            <span className={css.caret} />
          ) : (
            <button
              type="button"
              tabIndex={-1}
              className={css.caret}
              aria-label={say(open ? 'compare.fold' : 'compare.unfold')}
              onClick={(event) => {
                event.stopPropagation();
                onFold(!open);
              }}
              onDoubleClick={(event) => event.stopPropagation()}
            >
              <Icon name={open ? 'down' : 'next'} size={12} />
            </button>
          )}
          <Sign state={state} />
          <span className={css.hidden}>{say(`compare.state.${state}`)}</span>
          <span className={css.words} title={side?.path}>
            {isCopy ? say('compare.copyNumber', { number: nameText(row) }) : nameText(row)}
          </span>
        </span>
      </th>
      <td className={css.muted}>
        {side !== null && pick(side.kind)}
        {side !== null && side.repeat > 1 && ` ×${side.repeat}`}
      </td>
      <td title={changed}>{changed}</td>
      <Figure words={eitherWay(a, b, 'params', whole)} />
      <Difference value={difference.params} words={signed(difference.params)} />
      <Figure words={eitherWay(a, b, 'macs', short)} hint={eitherWay(a, b, 'macs', whole)} />
      <Difference value={difference.macs} words={signedShort(difference.macs)} hint={signed(difference.macs)} />
    </tr>
  );
}

function Difference({ value, words: text, hint }: { value: number; words: string; hint?: string }) {
  return value === 0 ? (
    <td className={`${css.number} ${css.muted}`}>–</td>
  ) : (
    <td className={`${css.number} ${css.strong}`} title={hint}>
      {text}
    </td>
  );
}

const isKey = (key: string): key is Key => Object.hasOwn(words, key);

/** Label of a setting: `recipe.optimizer.learningRate` has the label of its field in the training form. */
function settingKey(key: string): Key | null {
  const parts = key.split('.');
  const last = parts.at(-1) === 'kind' ? parts.at(-2) : parts.at(-1);
  const short = `${parts[0]}.${last}`;
  return isKey(short) ? short : null;
}

interface SettingProps extends Line {
  readonly setting: SettingDifference;
}

/** A value of the data or the training settings. */
export function SettingLine({ setting, id, index, selected, onChoose }: SettingProps) {
  const { say } = useWords();
  const { key, from, to } = setting;
  const called = settingKey(key);
  const value = (of: ConfigValue | null): string =>
    of === null ? '–' : typeof of === 'string' ? of : JSON.stringify(of);
  const changed = `${value(from)} → ${value(to)}`;
  return (
    <tr
      id={id}
      aria-rowindex={index + 2}
      aria-level={1}
      aria-selected={selected}
      className={css.changed}
      onClick={onChoose}
    >
      <th scope="row">
        <span className={css.named}>
          <span className={css.caret} />
          <Sign state="changed" />
          <span className={css.hidden}>{say('compare.state.changed')}</span>
          <span className={css.words} title={key}>
            {called === null ? key : say(called)}
          </span>
        </span>
      </th>
      <td className={css.muted}>{say('compare.setting')}</td>
      <td colSpan={5} title={changed}>
        {changed}
      </td>
    </tr>
  );
}
