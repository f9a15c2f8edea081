// WebGPU without a GPU: the Vulkan loader (libvulkan1) with SwiftShader, the driver that comes with Electron.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { presentElectron } from './electron.mjs';
import { root } from './paths.mjs';

const DRIVER = 'libvk_swiftshader.so';

/**
 * Gets the driver ready: with `VK_DRIVER_FILES` set to `file`, the loader finds it and nothing else. A driver that this
 * variable names already stays.
 * @returns {{ file: string, missing: null } | { file: null, missing: string }} `missing`: why there is none
 */
export function softwareVulkan() {
  const chosen = process.env.VK_DRIVER_FILES;
  if (chosen) return { file: chosen, missing: null };
  if (process.platform !== 'linux') return { file: null, missing: 'the software driver is set up on Linux only' };
  const { stdout } = spawnSync('ldconfig', ['-p'], {
    encoding: 'utf8',
    env: { ...process.env, PATH: `${process.env.PATH}:/sbin:/usr/sbin` },
  });
  if (!stdout?.includes('libvulkan.so.1'))
    return { file: null, missing: 'there is no libvulkan1 (tools/setup-system gets it)' };
  const runtime = presentElectron();
  const library = join(runtime ?? '', DRIVER);
  if (runtime === undefined || !existsSync(library)) {
    return { file: null, missing: `there is no Electron runtime with ${DRIVER} (npm start gets one)` };
  }
  const folder = join(root, 'node_modules', '.cache');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'swiftshader.json');
  const icd = { file_format_version: '1.0.0', ICD: { library_path: library, api_version: '1.1.0' } };
  writeFileSync(file, JSON.stringify(icd));
  return { file, missing: null };
}
