import type { Wheel } from '../../../state/stores/uiStore.ts';

type Device = Exclude<Wheel, 'auto'>;

/** One turn, as the browser tells of it. */
export type Turn = Pick<WheelEvent, 'deltaX' | 'deltaY' | 'deltaMode' | 'shiftKey' | 'timeStamp'> & {
  /** Chromium's older measure: 120 for each notch of a wheel. */
  readonly wheelDeltaY?: number;
};

/** Turns this close together (ms) come from one movement of one device. */
const PAUSE = 250;
const NOTCH = 120;

const isDiagonal = ({ deltaX, shiftKey }: Turn): boolean => deltaX !== 0 && !shiftKey;

/** No wheel goes by so few whole pixels. */
const FEW = 50;

/** A wheel goes by whole notches, and the way of a notch is not the distance that fingers make of the same number. */
function hasNotches({ deltaX, deltaY, deltaMode, wheelDeltaY = 0 }: Turn): boolean {
  if (deltaMode !== 0) return true;
  const distance = deltaY === 0 ? deltaX : deltaY;
  if (Number.isInteger(distance) && Math.abs(distance) < FEW) return false;
  return wheelDeltaY !== 0 && wheelDeltaY % NOTCH === 0 && wheelDeltaY !== -3 * distance;
}

/**
 * Tells a mouse from a trackpad, turn by turn: two fingers also go sideways and by any distance. A movement keeps its device,
 * but one that goes sideways is of a trackpad from there on.
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
