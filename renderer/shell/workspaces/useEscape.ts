import { useEffect } from 'react';
import { useWorkspaces } from '../../state/workspaces/workspaceStore.ts';

/** Escape gives the window back to all panels, once nothing in the maximised one needs the key. */
export function useEscape(): void {
  useEffect(() => {
    const onKeyDown = ({ key, target, defaultPrevented }: KeyboardEvent): void => {
      if (key !== 'Escape' || defaultPrevented) return;
      // A search is emptied and a dialog closed first.
      if (target instanceof HTMLInputElement && target.type === 'search' && target.value !== '') return;
      if (target instanceof Element && target.closest('[role=dialog], [role=menu]') !== null) return;
      useWorkspaces.getState().restore();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
