import type { Words } from '../words.ts';

export const device = {
  'device.title': { en: 'Training device', zh: '训练设备' },
  'device.about.cpu': {
    en: 'Works on every computer; results are reproducible bit for bit',
    zh: '任何电脑都可用；结果可逐位复现',
  },
  'device.about.cuda': { en: 'NVIDIA GPU', zh: 'NVIDIA GPU' },
  'device.about.dml': { en: 'GPU (DirectX 12)', zh: 'GPU（DirectX 12）' },
  'device.about.webgpu': { en: 'GPU (WebGPU)', zh: 'GPU（WebGPU）' },
  'device.about.coreml': { en: 'Apple GPU and Neural Engine', zh: 'Apple GPU 与神经网络引擎' },
  'device.nextRun': { en: 'Changes apply from the next run.', zh: '更改从下一次训练起生效。' },
  'device.remembered': { en: 'Your choice is remembered on this computer.', zh: '此选择会保存在本机。' },
  'device.onCpu': { en: 'Train on the CPU', zh: '改用 CPU 训练' },
} satisfies Words;
