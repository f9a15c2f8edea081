import { readFile } from 'node:fs/promises';
import { extname, join, resolve, sep } from 'node:path';
import { protocol, type Session } from 'electron';

/** Protocol of the page. Unlike a page from `file://`, it cannot read files of the computer. */
export const SCHEME = 'app';
const HOST = 'netloom';
export const PAGE = `${SCHEME}://${HOST}/index.html`;

/** Content security policy, sent with every file because workers need their own. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

/** The file in the folder of the page that a URL names; null for other URLs and for unknown file types. */
export function fileOf(address: string, folder: string): { readonly path: string; readonly type: string } | null {
  let name: string;
  try {
    const { protocol: scheme, host, pathname } = new URL(address);
    if (scheme !== `${SCHEME}:` || host !== HOST) return null;
    name = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  const type = TYPES[extname(name)];
  // On Windows, the part after the first slash may be an absolute path or name a stream; NUL ends a path early.
  if (type === undefined || /[\\:\0]/.test(name)) return null;
  const root = resolve(folder);
  const path = join(root, name);
  return path.startsWith(root + sep) ? { path, type } : null;
}

/** Registers the protocol. Must be called before the app is ready. */
export function registerPageProtocol(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, codeCache: true };
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges }]);
}

/** Serves only the files of the folder. */
export function servePage(session: Session, folder: string): void {
  session.protocol.handle(SCHEME, async ({ url, method }) => {
    const file = method === 'GET' ? fileOf(url, folder) : null;
    if (file === null) return new Response(null, { status: 404 });
    try {
      const headers = {
        'Content-Type': file.type,
        'Content-Security-Policy': POLICY,
        'X-Content-Type-Options': 'nosniff',
      };
      return new Response(await readFile(file.path), { headers });
    } catch {
      return new Response(null, { status: 404 });
    }
  });
}
