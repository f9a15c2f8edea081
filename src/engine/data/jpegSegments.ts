/** A marker of a JPEG file, and its segment without marker and length. */
export interface JpegSegment {
  readonly marker: number;
  readonly content: Uint8Array;
}

export const END_OF_IMAGE = 0xd9;

/** The segments of a JPEG file (ITU-T T.81, annex B) up to its end marker, or up to where the file is cut off. */
export function* jpegSegments(bytes: Uint8Array): Generator<JpegSegment> {
  for (let at = bytes.indexOf(0xff, 2); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at)) {
    const marker = bytes[at + 1] as number;
    // Fill bytes, escaped bytes of a scan, and markers without a segment.
    if (marker === 0xff) at += 1;
    else if (marker <= 1 || (marker >= 0xd0 && marker <= 0xd8)) at += 2;
    else {
      const length = marker === END_OF_IMAGE ? 2 : 0x100 * (bytes[at + 2] ?? 0) + (bytes[at + 3] ?? 0);
      const end = at + 2 + Math.max(2, length);
      yield { marker, content: bytes.subarray(at + 4, end) };
      if (marker === END_OF_IMAGE) return;
      at = end;
    }
  }
}
