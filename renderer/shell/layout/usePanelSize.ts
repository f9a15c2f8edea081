import { useSyncExternalStore } from 'react';
import { useUi } from '../../state/stores/stores.ts';
import type { Panel } from '../../state/stores/uiStore.ts';
import { limitsOf, type Room, sizeIn } from './panelSizes.ts';

function onResize(changed: () => void): () => void {
  window.addEventListener('resize', changed);
  return () => window.removeEventListener('resize', changed);
}

/** Inner size of the window, in pixels. */
export function useRoom(): Room {
  const width = useSyncExternalStore(onResize, () => window.innerWidth);
  const height = useSyncExternalStore(onResize, () => window.innerHeight);
  return { width, height };
}

/** Size of an open panel and its limits. */
export function usePanelSize(panel: Panel) {
  const wanted = useUi((state) => state.panels[panel].size);
  const room = useRoom();
  return { size: sizeIn(panel, wanted, room), ...limitsOf(panel, room) };
}
