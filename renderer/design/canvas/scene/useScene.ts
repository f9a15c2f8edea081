import { useMemo, useRef } from 'react';
import { useDocument } from '../../../state/stores/stores.ts';
import { type Scene, sceneOf } from './scene.ts';

export function useScene(): Scene {
  const document = useDocument((state) => state.document);
  const check = useDocument((state) => state.check);
  const dragging = useDocument((state) => state.history.gesture !== null);
  const before = useRef<Scene | null>(null);
  return useMemo(() => {
    before.current = sceneOf(document, check, before.current, dragging);
    return before.current;
  }, [document, check, dragging]);
}
