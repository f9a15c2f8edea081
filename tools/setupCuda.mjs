// Gets the CUDA libraries of ONNX Runtime, which are too large for the npm registry, by the runtime's own installer.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const runtime = dirname(createRequire(import.meta.url).resolve('onnxruntime-node/package.json'));
const library = join(runtime, 'bin', 'napi-v6', 'linux', 'x64', 'libonnxruntime_providers_cuda.so');

/** @param {string} text */
function fail(text) {
  console.error(`netloom: ${text}`);
  process.exit(1);
}

if (process.platform !== 'linux' || process.arch !== 'x64') {
  fail(
    'ONNX Runtime for Node has CUDA libraries for Linux x64 alone. On Windows use DirectML, which is there already: --provider dml',
  );
}
if (existsSync(library)) {
  console.log('netloom: the CUDA libraries are there already. See: npx netloom providers');
  process.exit(0);
}
console.log('netloom: fetching the CUDA libraries of ONNX Runtime, some 300 MB …');
// The installer drops what its argument says; the older variable it heeds.
const { ONNXRUNTIME_NODE_INSTALL: _, ...env } = process.env;
const { status, stderr } = spawnSync(process.execPath, [join(runtime, 'script', 'install.js')], {
  env: { ...env, ONNXRUNTIME_NODE_INSTALL_CUDA: 'v12' },
  stdio: ['ignore', 'inherit', 'pipe'],
  encoding: 'utf8',
});
if (status !== 0 || !existsSync(library)) {
  const [, host] = /(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT).*?hostname: '([^']+)'/s.exec(stderr) ?? [];
  const reason =
    host === undefined
      ? (stderr.split('\n').find((line) => /Error/.test(line)) ?? 'the installer left no library').trim()
      : `${host} cannot be reached; behind a proxy set GLOBAL_AGENT_HTTPS_PROXY`;
  fail(`the CUDA libraries could not be fetched: ${reason}. Netloom computes on the CPU without them.`);
}
console.log('netloom: done. CUDA 12 and cuDNN 9 have to be installed, too. See: npx netloom providers');
