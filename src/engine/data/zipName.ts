import { type Entry, getFileNameLowLevel, validateFileName } from 'yauzl';

import { isGb18030 } from '../../data/chineseText.ts';

const LINE_END = Buffer.from('\n');
/** Mark of names in UTF-8 (APPNOTE.TXT, 4.4.4, bit 11). */
const UTF8 = 0x800;

/**
 * Paths of entries that were read without decoding their names. Programs on macOS write UTF-8 and those on Chinese Windows GB 18030
 * without saying so, for all names of an archive; other names are in code page 437. Throws an Error for a path that leaves the archive.
 */
export function namesOf(entries: readonly Entry[]): string[] {
  const unmarked = entries.filter((entry) => (entry.generalPurposeBitFlag & UTF8) === 0);
  const areUtf8 = unmarked.every(({ fileNameRaw }) => isUtf8(fileNameRaw));
  const areChinese =
    !areUtf8 && isGb18030(Buffer.concat(unmarked.flatMap(({ fileNameRaw }) => [fileNameRaw, LINE_END])));
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
