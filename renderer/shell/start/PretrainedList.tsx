import { useRef } from 'react';
import { pretrained } from '../../../templates/pretrained.ts';
import { openFrom } from '../../state/files/opening.ts';
import { useWords } from '../../ui/i18n/i18n.ts';
import { Icon } from '../../ui/icons/Icon.tsx';
import css from './StartPage.module.css';
import { useRoving } from './useRoving.ts';

/** Trained networks that ship with the app, for predictions and as a start for fine-tuning. */
export function PretrainedList() {
  const { pick } = useWords();
  const frame = useRef<HTMLUListElement>(null);
  useRoving(frame);
  return (
    <ul ref={frame} className={css.pretrained}>
      {pretrained.map(({ id, title, about }) => (
        <li key={id}>
          <button
            type="button"
            className={css.action}
            title={pick(about)}
            onClick={() => openFrom({ kind: 'pretrained', id }).catch(console.error)}
          >
            <Icon name="open" />
            <span>
              {pick(title)}
              <small>{pick(about)}</small>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
