const [SHORT, LONG] = [3, 4];

/**
 * The whole numbers among the tags of the first directory of a TIFF file, in which EXIF data is stored too. Empty where the bytes are
 * damaged.
 */
export function tiffTags(bytes: Uint8Array): ReadonlyMap<number, number> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tags = new Map<number, number>();
  const order = String.fromCharCode(...bytes.subarray(0, 2));
  if (bytes.length < 8 || (order !== 'II' && order !== 'MM')) return tags;
  const little = order === 'II';
  const start = view.getUint32(4, little);
  const count = start + 2 <= bytes.length ? view.getUint16(start, little) : 0;
  for (let at = start + 2; at < start + 2 + 12 * count && at + 12 <= bytes.length; at += 12) {
    const type = view.getUint16(at + 2, little);
    if (view.getUint32(at + 4, little) !== 1) continue;
    if (type === SHORT) tags.set(view.getUint16(at, little), view.getUint16(at + 8, little));
    if (type === LONG) tags.set(view.getUint16(at, little), view.getUint32(at + 8, little));
  }
  return tags;
}
