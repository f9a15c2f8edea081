import { useEffect } from 'react';
import { useWorkspaces } from '../../state/workspaces/workspaceStore.ts';

/** Escape restores a maximized panel unless an element in it uses the key. */
export function useEscape(): void {
  useEffect(() => {
    const onKeyDown = ({ key, target, defaultPrevented }: KeyboardEvent): void => {
      if (key !== 'Escape' || defaultPrevented) return;
      // Escape first clears a search or closes a dialog.
      if (target instanceof HTMLInputElement && target.type === 'search' && target.value !== '') return;
      if (target instanceof Element && target.closest('[role=dialog], [role=menu]') !== null) return;
      useWorkspaces.getState().restore();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
