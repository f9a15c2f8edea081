// The app's icon in the sizes and formats that systems ask for, drawn from electron/icon.svg into out/icons.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { out, root } from './paths.mjs';

/** Pixels across, as freedesktop's icon themes have them. */
const SIZES = [16, 32, 48, 64, 128, 256, 512];

/** Types of an Apple icon that hold a PNG, with its size (Apple, Icon Services). */
const APPLE_TYPES = { ic11: 32, ic12: 64, ic07: 128, ic08: 256, ic09: 512 };

/**
 * A part of an `.icns` file, or the whole: type, length with these eight bytes, content.
 * @param {string} type
 * @param {readonly Buffer[]} content
 */
function appleEntry(type, content) {
  const head = Buffer.alloc(8);
  head.write(type, 'latin1');
  head.writeUInt32BE(
    content.reduce((sum, part) => sum + part.length, head.length),
    4,
  );
  return Buffer.concat([head, ...content]);
}

/** Writes `SIZExSIZE.png`, `icon.ico` (Windows) and `icon.icns` (macOS). */
export function writeIcons() {
  // Native code, which commands that find everything built do not load.
  /** @type {typeof import('@napi-rs/image')} */
  const { FastResizeFilter, Transformer } = createRequire(import.meta.url)('@napi-rs/image');
  const svg = readFileSync(join(root, 'electron', 'icon.svg'));
  /** @param {number} size */
  const drawn = (size) =>
    Transformer.fromSvg(svg).fastResize({ width: size, height: size, filter: FastResizeFilter.Lanczos3 });

  const folder = join(out, 'icons');
  mkdirSync(folder, { recursive: true });
  for (const size of SIZES) writeFileSync(join(folder, `${size}x${size}.png`), drawn(size).pngSync());
  writeFileSync(join(folder, 'icon.ico'), drawn(256).icoSync());
  const images = Object.entries(APPLE_TYPES).map(([type, size]) => appleEntry(type, [drawn(size).pngSync()]));
  writeFileSync(join(folder, 'icon.icns'), appleEntry('icns', images));
}
