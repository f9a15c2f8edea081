const names: Readonly<Record<string, string>> = {
  cpu: 'CPU',
  cuda: 'CUDA',
  dml: 'DirectML',
  webgpu: 'WebGPU',
  coreml: 'Core ML',
};

/** As its makers write it. */
export const deviceName = (provider: string): string => names[provider] ?? provider;
