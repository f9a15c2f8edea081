import type { Words } from '../words.ts';

export const device = {
  'device.title': { en: 'Train on', zh: '训练设备' },
  'device.about.cpu': { en: 'works everywhere; the same bits every time', zh: '随处可用；每次结果逐位相同' },
  'device.about.cuda': { en: 'NVIDIA graphics card', zh: 'NVIDIA 显卡' },
  'device.about.dml': { en: 'graphics card, by DirectX 12', zh: '显卡（DirectX 12）' },
  'device.about.webgpu': { en: 'graphics card, by WebGPU', zh: '显卡（WebGPU）' },
  'device.about.coreml': { en: "Apple's graphics and neural chips", zh: 'Apple 图形与神经网络芯片' },
  'device.nextRun': { en: 'A change holds from the next run on.', zh: '更改从下一次训练起生效。' },
  'device.remembered': { en: 'The choice is remembered on this machine.', zh: '此选择会在本机记住。' },
  'device.onCpu': { en: 'Train on the CPU', zh: '改用 CPU 训练' },
} satisfies Words;
