import { type DragEvent, useEffect, useRef, useState } from 'react';
import type { Offer } from '../../../src/layers/presets.ts';
import { carried, LAYER_DRAG } from '../canvas/gestures/useDrop.ts';

/** Delays (ms) before the card appears at a resting pointer or focus, and before it moves to the next row. */
const FIRST = 500;
const NEXT = 80;

export interface OfferRow {
  readonly offer: Offer;
  readonly row: HTMLElement;
}

export interface OfferHandlers {
  onPoint(offer: Offer, row: HTMLElement): void;
  onLeave(): void;
  readonly onGrab: {
    /** Mounts the drag image, which has to be in the page before the drag begins. */
    prepare(offer: Offer): void;
    start(event: DragEvent, offer: Offer): void;
  };
}

/** Cards shown at a resting pointer or focus, and in a drag. */
export function useOfferCard() {
  const [shown, setShown] = useState<OfferRow | null>(null);
  const [dragged, setDragged] = useState<Offer | null>(null);
  const picture = useRef<HTMLDivElement>(null);
  const timer = useRef<number | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const later = (wait: number, next: OfferRow | null): void => {
    clearTimeout(timer.current);
    timer.current = window.setTimeout(() => setShown(next), wait);
  };

  const handlers: OfferHandlers = {
    onPoint: (offer, row) => later(shown === null ? FIRST : NEXT, { offer, row }),
    onLeave: () => later(NEXT, null),
    onGrab: {
      prepare: setDragged,
      start(event, offer) {
        clearTimeout(timer.current);
        setShown(null);
        carried.offer = offer;
        event.dataTransfer.setData(LAYER_DRAG, offer.id);
        event.dataTransfer.effectAllowed = 'copy';
        const card = picture.current;
        // Centered on the pointer, so that the card is dropped where it is visible.
        if (card !== null) event.dataTransfer.setDragImage(card, card.offsetWidth / 2, card.offsetHeight / 2);
      },
    },
  };
  return { shown, hide: () => later(0, null), dragged, picture, handlers };
}
