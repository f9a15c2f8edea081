import { sizeText } from '../../../src/sizeText.ts';
/** 61,706; the same in both languages. */
export const whole = (value: number): string => Math.round(value).toLocaleString('en');

/** 0.42 M, 416.5 k: three significant digits and a power of a thousand. */
export function short(value: number): string {
  const units = ['', 'k', 'M', 'G', 'T'];
  let power = 0;
  let rest = value;
  while (rest >= 999.5 && power < units.length - 1) {
    rest /= 1000;
    power++;
  }
  if (power === 0) return whole(value);
  return `${rest.toFixed(rest < 10 ? 2 : rest < 100 ? 1 : 0)}\u00a0${units[power]}`;
}

/** 640 B, 4.3 MB, 801 MB, 1.2 GB; without line breaks. */
export const bytes = (value: number): string => sizeText(value).replace(' ', '\u00a0');

/** A fraction of 1 in percent: 97.6%. */
export const percent = (share: number): string => `${(share * 100).toFixed(1)}%`;

/** Date and time in the format of the language; `at` is in milliseconds since 1970. */
export const dateTime = (at: number, language: string): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' }).format(at);

/** Minutes and seconds, 1:05; preceded by hours if there are any. */
export function clock(seconds: number): string {
  const total = Math.max(0, Math.ceil(seconds));
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor(total / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(total % 60)}` : `${minutes}:${two(total % 60)}`;
}
