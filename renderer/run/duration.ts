import type { Say } from '../i18n/i18n.ts';

/** A time in words, as exact as an estimate can be: 8 s, 2 min 10 s, 3 h 20 min. */
export function duration(say: Say, seconds: number): string {
  if (seconds < 60) return say('time.seconds', { seconds: Math.max(1, Math.round(seconds)) });
  if (seconds < 3600) {
    const tens = Math.round(seconds / 10) * 10;
    if (tens % 60 === 0 || tens >= 1200) return say('time.minutes', { minutes: Math.round(tens / 60) });
    return say('time.minutesSeconds', { minutes: Math.floor(tens / 60), seconds: tens % 60 });
  }
  const minutes = Math.round(seconds / 300) * 5;
  return say('time.hours', { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}
