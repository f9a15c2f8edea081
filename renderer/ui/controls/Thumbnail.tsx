import { useSyncExternalStore } from 'react';
import type { Thumbnail as Pictures } from '../../../src/desktopCalls.ts';
import { Icon } from '../icons/Icon.tsx';
import { imageSource } from '../imageSource.ts';
import css from './Thumbnail.module.css';

function onTheme(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}

const isDark = (): boolean => getComputedStyle(document.documentElement).colorScheme === 'dark';

/** True while the window is dark, by the user's theme or the system's. */
export const useDark = (): boolean => useSyncExternalStore(onTheme, isDark);

interface Props {
  readonly pictures: Pictures | null;
  readonly className?: string;
}

/** A small image of a network. Its name stands beside it, so it has no alternative text. */
export function Thumbnail({ pictures, className = css.picture }: Props) {
  const svg = pictures?.[useDark() ? 'dark' : 'light'];
  return (
    <span className={className}>{svg === undefined ? <Icon name="new" /> : <img alt="" src={imageSource(svg)} />}</span>
  );
}
