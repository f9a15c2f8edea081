import { type Entry, getFileNameLowLevel, validateFileName } from 'yauzl';

/** Mark of names in UTF-8 (APPNOTE.TXT, 4.4.4, bit 11). */
const UTF8 = 0x800;

/**
 * Paths of entries that were read without decoding their names. Programs on macOS write UTF-8 and those on Chinese Windows GB 18030
 * without saying so, for all names of an archive; other names are in code page 437. Throws an Error for a path that leaves the archive.
 */
export function namesOf(entries: readonly Entry[]): string[] {
  const unmarked = entries.filter((entry) => (entry.generalPurposeBitFlag & UTF8) === 0);
  const areUtf8 = unmarked.every(({ fileNameRaw }) => isUtf8(fileNameRaw));
  const areChinese = !areUtf8 && unmarked.every(({ fileNameRaw }) => isGb2312(fileNameRaw));
  return entries.map(({ fileNameRaw, generalPurposeBitFlag, extraFields }) => {
    const flag = generalPurposeBitFlag | (areUtf8 ? UTF8 : 0);
    const name =
      areChinese && (flag & UTF8) === 0
        ? new TextDecoder('gb18030').decode(fileNameRaw).replaceAll('\\', '/')
        : getFileNameLowLevel(flag, fileNameRaw, extraFields, false);
    const fault = validateFileName(name);
    if (fault !== null) throw new Error(fault);
    return name;
  });
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** True for ASCII and the pairs of bytes by which GB 2312 writes Chinese. */
function isGb2312(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; at++) {
    const lead = bytes[at] as number;
    if (lead < 0x80) continue;
    const trail = bytes[++at] ?? 0;
    if (lead < 0xa1 || lead > 0xf7 || trail < 0xa1 || trail === 0xff) return false;
  }
  return true;
}
