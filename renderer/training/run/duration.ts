import type { Say } from '../../ui/i18n/i18n.ts';

/** Duration in words, with the precision of an estimate: 8 s, 2 min 10 s, 3 h 20 min. */
export function duration(say: Say, seconds: number): string {
  if (seconds < 59.5) return say('time.seconds', { seconds: Math.max(1, Math.round(seconds)) });
  const tens = Math.round(seconds / 10) * 10;
  if (tens < 3600) {
    if (tens % 60 === 0 || tens >= 1200) return say('time.minutes', { minutes: Math.round(tens / 60) });
    return say('time.minutesSeconds', { minutes: Math.floor(tens / 60), seconds: tens % 60 });
  }
  const minutes = Math.round(seconds / 300) * 5;
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return rest === 0 ? say('time.fullHours', { hours }) : say('time.hours', { hours, minutes: rest });
}

/** Measured duration, which may be short: 5.7 ms, 140 ms, 1.4 s, 17 s, then like `duration`. */
export function shortTime(say: Say, seconds: number): string {
  const ms = seconds * 1000;
  if (ms < 9.95) return say('time.milliseconds', { ms: ms.toFixed(1) });
  if (ms < 999.5) return say('time.milliseconds', { ms: Math.round(ms) });
  if (seconds < 9.95) return say('time.seconds', { seconds: seconds.toFixed(1) });
  return duration(say, seconds);
}
