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

/** Whether the window is dark at present, by whatever theme. */
export const useDark = (): boolean => useSyncExternalStore(onTheme, isDark);

interface Props {
  readonly pictures: Pictures | null;
  readonly className?: string;
}

/** A small drawing of a network; its name stands beside it. */
export function Thumbnail({ pictures, className = css.picture }: Props) {
  const svg = pictures?.[useDark() ? 'dark' : 'light'];
  return (
    <span className={className}>{svg === undefined ? <Icon name="new" /> : <img alt="" src={imageSource(svg)} />}</span>
  );
}
