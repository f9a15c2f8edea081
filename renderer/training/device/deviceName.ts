import type { Provider } from '../../../src/provider.ts';

const names: Readonly<Record<Provider, string>> = {
  cpu: 'CPU',
  cuda: 'CUDA',
  dml: 'DirectML',
  webgpu: 'WebGPU',
  coreml: 'Core ML',
};

/** Product name of the device. */
export const deviceName = (provider: Provider): string => names[provider];
