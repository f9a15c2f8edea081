import type { Words } from '../words.ts';

export const status = {
  'status.params': { en: '{{count}} {{count, parameter|parameters}}', zh: '{{count}} 个参数' },
  'status.macs': { en: '{{count}} multiply-adds', zh: '{{count}} 次乘加' },
  'status.batch': { en: 'batch {{batch}}', zh: '批量 {{batch}}' },
  'status.measured': { en: '≈ {{time}} a step (measured)', zh: '≈ 每步 {{time}}（实测）' },
  'status.predicted': { en: '≈ {{time}} a step (predicted)', zh: '≈ 每步 {{time}}（预测）' },
  'status.training': { en: 'training ≈ {{size}}', zh: '训练约需 {{size}}' },
  'status.run': { en: 'a run:', zh: '训练：' },
  'status.share': { en: 'training {{share}} %', zh: '训练中 {{share}}%' },
  'status.shareLeft': { en: 'training {{share}} %, {{left}} left', zh: '训练中 {{share}}%，剩余 {{left}}' },
  'status.problems': { en: 'problems: {{count}}', zh: '{{count}} 个问题' },
  'status.notTrainable': { en: 'cannot be trained here', zh: '无法在此训练' },
  'status.noProblems': { en: 'no problems', zh: '没有问题' },
  'status.empty': { en: 'empty network', zh: '空网络' },
  'status.runFailed': { en: 'training failed', zh: '训练失败' },
  'status.runWaits': { en: 'training waits for you', zh: '训练等待处理' },
  'status.findings': { en: 'findings: {{count}}', zh: '{{count}} 项诊断结果' },
  'status.runtime': { en: 'test runtime: Electron {{version}}', zh: '测试运行环境：Electron {{version}}' },
  'status.runtimeHint': {
    en: 'Netloom runs on Electron {{version}}, a substitute for trying and testing. It gets no security fixes.',
    zh: 'Netloom 正在 Electron {{version}} 上运行，这是仅供试用和测试的替代环境，不再有安全更新。',
  },
  'status.connecting': { en: 'engine starting …', zh: '引擎启动中…' },
  'status.failed': { en: 'engine not running', zh: '引擎未运行' },
} satisfies Words;
