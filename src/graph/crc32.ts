/** CRC tables for eight bytes at a time: entry `256 k + b` is the CRC of byte `b` followed by `k` zero bytes. */
const SUMS: Uint32Array = (() => {
  const sums = new Uint32Array(8 * 256);
  for (let byte = 0; byte < 256; byte++) {
    let rest = byte;
    for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? 0xedb88320 ^ (rest >>> 1) : rest >>> 1;
    sums[byte] = rest;
  }
  for (let at = 256; at < sums.length; at++) {
    const before = sums[at - 256] as number;
    sums[at] = (sums[before & 0xff] as number) ^ (before >>> 8);
  }
  return sums;
})();

const sum = (zeros: number, byte: number): number => SUMS[(zeros << 8) | (byte & 0xff)] as number;

/** CRC-32 of zip, gzip and PNG. */
export function crc32(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let crc = 0xffffffff;
  let at = 0;
  for (const end = bytes.length - 8; at <= end; at += 8) {
    const low = crc ^ view.getUint32(at, true);
    const high = view.getUint32(at + 4, true);
    crc =
      sum(7, low) ^
      sum(6, low >>> 8) ^
      sum(5, low >>> 16) ^
      sum(4, low >>> 24) ^
      sum(3, high) ^
      sum(2, high >>> 8) ^
      sum(1, high >>> 16) ^
      sum(0, high >>> 24);
  }
  for (; at < bytes.length; at++) crc = sum(0, crc ^ (bytes[at] as number)) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
