import { Toast } from '@base-ui/react/toast';
import { useEffect } from 'react';
import { useUi } from '../../state/stores/stores.ts';
import type { Notice } from '../../state/stores/uiStore.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { Icon } from '../../ui/icons/Icon.tsx';
import css from './Notices.module.css';

/** Time in ms after which a success message disappears; it stops while the pointer or the focus is on a notice. */
const SHOWN_FOR = 9000;
/** Number of visible notices, the newest ones; older ones appear again when these are gone. */
const MOST = 4;
/** The role of a toast is replaced, so its dialog attribute goes, too. */
const notDialog = { 'aria-modal': undefined };
const icons = { info: 'hint', good: 'good', bad: 'error' } as const;

export function Notices() {
  return (
    <Toast.Provider limit={MOST}>
      <NoticeList />
    </Toast.Provider>
  );
}

function NoticeList() {
  const { say } = useWords();
  const toasts = useToasts();
  return (
    <Toast.Viewport className={css.notices} aria-label={say('notice.region')} data-pane="notices">
      {toasts.map((toast) => (
        <NoticeCard key={toast.id} toast={toast} />
      ))}
    </Toast.Viewport>
  );
}

/** One toast for each notice of the store, oldest first. A notice may exist before the window is first drawn. */
function useToasts(): readonly Toast.Root.ToastObject<Notice>[] {
  const notices = useUi((state) => state.notices);
  const { toasts, add, close } = Toast.useToastManager<Notice>();
  useEffect(() => {
    const { dismiss } = useUi.getState();
    for (const data of notices) {
      const timeout = data.tone === 'bad' ? 0 : SHOWN_FOR;
      if (!toasts.some(({ id }) => id === `${data.id}`))
        add({ id: `${data.id}`, data, timeout, onClose: () => dismiss(data.id) });
    }
    for (const { id, transitionStatus } of toasts) {
      if (transitionStatus !== 'ending' && !notices.some((notice) => `${notice.id}` === id)) close(id);
    }
  }, [notices, toasts, add, close]);
  return toasts.toReversed();
}

function NoticeCard({ toast }: { readonly toast: Toast.Root.ToastObject<Notice> }) {
  const { say, tell } = useWords();
  const { close } = Toast.useToastManager();
  if (toast.data === undefined) return null;
  const { tone, message, detail, action } = toast.data;
  return (
    // Swiping would prevent selecting the text. The role announces the notice, so the hidden copy that a high priority
    // adds for screen readers is not needed.
    <Toast.Root
      toast={toast}
      swipeDirection={[]}
      className={`${css.notice} ${css[tone]}`}
      role={tone === 'bad' ? 'alert' : 'status'}
      {...notDialog}
      // Escape closes the notice and nothing behind it.
      onKeyDown={(event) => event.key === 'Escape' && event.preventDefault()}
    >
      <span className={css.icon}>
        <Icon name={icons[tone]} />
      </span>
      <div className={css.words}>
        <Toast.Title render={<p />}>{tell(message)}</Toast.Title>
        {detail && (
          <Toast.Description className={css.detail} render={<p />}>
            {tell(detail)}
          </Toast.Description>
        )}
        {action && (
          <Button
            label={tell(action.label)}
            look="outlined"
            onClick={() => {
              close(toast.id);
              action.run();
            }}
          >
            {tell(action.label)}
          </Button>
        )}
      </div>
      <Button icon="close" label={say('notice.close')} onClick={() => close(toast.id)} />
    </Toast.Root>
  );
}
