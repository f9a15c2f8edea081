import type { Wheel } from '../../../state/stores/uiStore.ts';

type Device = Exclude<Wheel, 'auto'>;

/** A wheel event of the browser. */
export type Turn = Pick<WheelEvent, 'deltaX' | 'deltaY' | 'deltaMode' | 'shiftKey' | 'timeStamp'> & {
  /** Older property of Chromium: 120 per notch of a mouse wheel. */
  readonly wheelDeltaY?: number;
};

/** Events within this time (ms) belong to one movement of one device. */
const PAUSE = 250;
const NOTCH = 120;

const isDiagonal = ({ deltaX, shiftKey }: Turn): boolean => deltaX !== 0 && !shiftKey;

/** Minimum distance of a mouse wheel in pixels; a smaller integer comes from a trackpad. */
const FEW = 50;

/**
 * True for the event of a mouse wheel, which moves by whole notches. On a trackpad, `wheelDeltaY` is exactly three times
 * the distance.
 */
function hasNotches({ deltaX, deltaY, deltaMode, wheelDeltaY = 0 }: Turn): boolean {
  if (deltaMode !== 0) return true;
  const distance = deltaY === 0 ? deltaX : deltaY;
  if (Number.isInteger(distance) && Math.abs(distance) < FEW) return false;
  return wheelDeltaY !== 0 && wheelDeltaY % NOTCH === 0 && wheelDeltaY !== -3 * distance;
}

/**
 * Distinguishes mouse and trackpad: only a trackpad scrolls sideways and by any distance. The device stays the same during
 * a movement, except that a movement that turns sideways belongs to a trackpad from then on.
 */
export function wheelReader(): (turn: Turn) => Device {
  let device: Device = 'mouse';
  let last = Number.NEGATIVE_INFINITY;
  return (turn) => {
    const goesOn = turn.timeStamp - last < PAUSE;
    last = turn.timeStamp;
    if (isDiagonal(turn)) device = 'trackpad';
    else if (!goesOn) device = hasNotches(turn) ? 'mouse' : 'trackpad';
    return device;
  };
}
