const UNITS = ['kB', 'MB', 'GB', 'TB', 'PB', 'EB'];

/** Bytes as people say them: 24 GB, 4 TB, 1.5 MB. */
export function sizeText(bytes: number): string {
  const power = Math.min(UNITS.length, Math.max(1, Math.floor(Math.log10(bytes) / 3)));
  const value = bytes / 1000 ** power;
  return `${value < 10 ? Number(value.toPrecision(2)) : Math.round(value)} ${UNITS[power - 1]}`;
}
