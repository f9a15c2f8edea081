import { useSyncExternalStore } from 'react';
import type { Thumbnail as Pictures } from '../../../src/desktopCalls.ts';
import css from '../../shell/start/StartPage.module.css';
import { Icon } from '../icons/Icon.tsx';

function onTheme(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}

const isDark = (): boolean => getComputedStyle(document.documentElement).colorScheme === 'dark';

/** Whether the window is dark at present, by whatever theme. */
export const useDark = (): boolean => useSyncExternalStore(onTheme, isDark);

/** The picture of a network; what it is called stands beside it. */
export function Thumbnail({ pictures }: { readonly pictures: Pictures | null }) {
  const svg = pictures?.[useDark() ? 'dark' : 'light'];
  return (
    <span className={css.picture}>
      {svg === undefined ? <Icon name="new" /> : <img alt="" src={`data:image/svg+xml,${encodeURIComponent(svg)}`} />}
    </span>
  );
}
