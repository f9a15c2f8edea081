import { useEffect } from 'react';
import { useUi } from '../../state/stores/stores.ts';
import type { Notice } from '../../state/stores/uiStore.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { Icon } from '../../ui/icons/Icon.tsx';
import css from './Notices.module.css';

/** Success messages disappear by themselves; errors stay until they are dismissed. */
const SHOWN_FOR = 9000;
const icons = { info: 'hint', good: 'good', bad: 'error' } as const;

export function Notices() {
  const { say } = useWords();
  const notices = useUi((state) => state.notices);
  return (
    <section className={css.notices} aria-label={say('notice.region')} aria-live="polite">
      {notices.map((notice) => (
        <Toast key={notice.id} notice={notice} />
      ))}
    </section>
  );
}

function Toast({ notice }: { readonly notice: Notice }) {
  const { say, tell } = useWords();
  const { id, tone, message, detail, action } = notice;
  const { dismiss } = useUi.getState();
  useEffect(() => {
    if (tone === 'bad') return;
    const timer = setTimeout(() => dismiss(id), SHOWN_FOR);
    return () => clearTimeout(timer);
  }, [id, tone, dismiss]);
  return (
    <div className={`${css.notice} ${css[tone]}`} role={tone === 'bad' ? 'alert' : 'status'}>
      <span className={css.icon}>
        <Icon name={icons[tone]} />
      </span>
      <div className={css.words}>
        <p>{tell(message)}</p>
        {detail && <p className={css.detail}>{tell(detail)}</p>}
        {action && (
          <Button
            label={tell(action.label)}
            look="outlined"
            onClick={() => {
              dismiss(id);
              action.run();
            }}
          >
            {tell(action.label)}
          </Button>
        )}
      </div>
      <Button icon="close" label={say('notice.close')} onClick={() => dismiss(id)} />
    </div>
  );
}
