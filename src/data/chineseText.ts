/** Share of common characters from which on a text is Chinese: nearly all in Chinese, nearly none in Western text read as Chinese. */
const FEWEST_COMMON = 0.5;

/**
 * True for bytes that are GB 18030, as Chinese Windows writes text, rather than a Western encoding: those are often valid GB 18030
 * too, but hardly any of their characters are common ones (GB 2312, rows 1 to 3 and 16 to 55).
 */
export function isGb18030(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('gb18030', { fatal: true }).decode(bytes);
  } catch {
    return false;
  }
  let [all, common] = [0, 0];
  for (let at = 0; at < bytes.length; at++) {
    const lead = bytes[at] as number;
    if (lead < 0x80) continue;
    const trail = bytes[++at] ?? 0;
    all++;
    if (trail >= 0xa1 && ((lead >= 0xa1 && lead <= 0xa3) || (lead >= 0xb0 && lead <= 0xd7))) common++;
  }
  return common >= FEWEST_COMMON * all;
}
