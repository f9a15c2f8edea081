const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB'];

/** Formats a number of bytes in powers of 1000: 801 MB, 1.5 GB, 24 GB, 4 TB. */
export function sizeText(bytes: number): string {
  const power = bytes < 999.5 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes * 1.0005) / 3));
  const value = bytes / 1000 ** power;
  return `${power > 0 && value < 9.95 ? Number(value.toPrecision(2)) : Math.round(value)} ${UNITS[power]}`;
}
