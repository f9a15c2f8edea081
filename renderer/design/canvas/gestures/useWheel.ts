import { useReactFlow } from '@xyflow/react';
import { type RefObject, useEffect } from 'react';
import { useUi } from '../../../state/stores/stores.ts';
import { wheelReader } from './wheel.ts';

/** Elements that scroll by themselves or lie over the canvas. */
const ASIDE = '.nowheel, .react-flow__panel, input, textarea, [role=dialog], [role=listbox]';

/** Two fingers on a trackpad pan the view. A mouse wheel and a pinch, which arrives as Ctrl and wheel, zoom it. */
export function useWheel(frame: RefObject<HTMLElement | null>): void {
  const { getViewport, setViewport } = useReactFlow();
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const read = wheelReader();
    const onWheel = (event: WheelEvent): void => {
      if (event.ctrlKey || event.metaKey || (event.target instanceof Element && event.target.closest(ASIDE))) return;
      const { wheel } = useUi.getState();
      if ((wheel === 'auto' ? read(event) : wheel) === 'mouse') return;
      event.preventDefault();
      event.stopPropagation();
      const { x, y, zoom } = getViewport();
      setViewport({ x: x - event.deltaX, y: y - event.deltaY, zoom });
    };
    element.addEventListener('wheel', onWheel, { capture: true, passive: false });
    return () => element.removeEventListener('wheel', onWheel, { capture: true });
  }, [frame, getViewport, setViewport]);
}
