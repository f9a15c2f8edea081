import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

// The targets are those of the oldest Electron that the app is started with (tools/electron-runtime): left alone,
// electron-vite takes the installed package's.
const node = 'node20.18';
const chrome = 'chrome130';

export default defineConfig({
  main: {
    // fflate's entry for Node declares its own `require`, as electron-vite's shim does.
    resolve: { alias: { fflate: 'fflate/browser' } },
    build: {
      target: node,
      outDir: 'out/main',
      emptyOutDir: true,
      license: { fileName: 'licences.md' },
      // Dependencies in package.json are native code and stay outside the bundle.
      rollupOptions: {
        input: {
          index: 'electron/main.ts',
          engine: 'electron/engineProcess.ts',
          reading: 'electron/readingThread.ts',
          worker: 'src/engine/worker.ts',
          batches: 'src/engine/batchWorker.ts',
          opening: 'src/engine/data/openingThread.ts',
          describing: 'src/engine/data/describingThread.ts',
          cli: 'bin/main.ts',
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      target: node,
      outDir: 'out/preload',
      // A sandboxed preload has to be one CommonJS file.
      externalizeDeps: false,
      rollupOptions: {
        input: { preload: 'electron/preload.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [react()],
    // ELK's worker exports itself; without a name the bundler would warn.
    worker: { rollupOptions: { output: { name: 'elk' } } },
    build: {
      target: chrome,
      outDir: 'out/renderer',
      minify: true,
      // The page's policy loads fonts from files alone: none may become part of a style sheet.
      assetsInlineLimit: (file) => (file.endsWith('.woff2') ? false : undefined),
      // One page, read from disk: nothing is gained by splitting it.
      chunkSizeWarningLimit: 4000,
      license: { fileName: 'licences.md' },
      rollupOptions: { input: 'renderer/index.html' },
    },
  },
});
