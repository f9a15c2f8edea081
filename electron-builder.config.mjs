// biome-ignore-all lint/suspicious/noTemplateCurlyInString: electron-builder fills in ${platform} and ${arch} itself.

export const networkFiles = /** @type {const} */ ({
  ext: 'netloom',
  name: 'Netloom network',
  description: 'A neural network drawn with Netloom',
  mimeType: 'application/x-netloom',
  role: 'Editor',
});

/** @type {import('electron-builder').Configuration} */
export default {
  appId: 'org.netloom.app',
  productName: 'Netloom',
  directories: { output: 'dist' },
  electronLanguages: ['en-US', 'zh-CN'],
  // The runtime's binaries serve Node and Electron alike.
  npmRebuild: false,
  files: [
    'package.json',
    'LICENSE',
    'CREDITS.md',
    'out/**',
    '!out/.built',
    '!out/icons/icon.*',
    // Other platforms' libraries, and what only the package's own installer needs.
    '!node_modules/onnxruntime-node/bin/napi-v6/!(${platform})/**',
    '!node_modules/onnxruntime-node/bin/napi-v6/${platform}/!(${arch})/**',
    '!node_modules/onnxruntime-node/{script,lib}/**',
    '!node_modules/!(onnxruntime-node|onnxruntime-common)/**',
  ],
  extraFiles: ['LICENSE', 'CREDITS.md', { from: 'out/renderer/licences.txt', to: 'licences.txt' }],
  // No switch or variable turns the app into another program, and its page is no file.
  electronFuses: {
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    onlyLoadAppFromAsar: true,
    grantFileProtocolExtraPrivileges: false,
  },
  asarUnpack: ['node_modules/onnxruntime-node/bin/**', '**/*.node'],
  // The system offers Netloom for its files: a MIME type on Linux, a document type on a Mac, a registry entry on Windows.
  fileAssociations: [networkFiles],
  linux: { executableName: 'netloom', category: 'Education', icon: 'out/icons', syncDesktopName: true },
  win: { icon: 'out/icons/icon.ico' },
  mac: {
    icon: 'out/icons/icon.icns',
    category: 'public.app-category.education',
    extendInfo: { NSCameraUsageDescription: 'The network predicts what the camera sees, while you ask for it.' },
  },
};
