import { useSyncExternalStore } from 'react';
import { useLayout } from '../../state/workspaces/workspaceStore.ts';
import { limitsOf, type Room, type Side, sizeIn } from './areaSizes.ts';

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

/** Size of an open area and its limits, in pixels. */
export function useAreaSize(area: Side) {
  const layout = useLayout();
  const room = useRoom();
  const canvas = layout.centre.panels.includes('canvas');
  return { size: sizeIn(area, layout[area].size, room, canvas), ...limitsOf(area, room, canvas) };
}
