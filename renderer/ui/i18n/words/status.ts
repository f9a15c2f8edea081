import type { Words } from '../words.ts';

export const status = {
  'status.params': { en: '{{count}} {{count, parameter|parameters}}', zh: '{{count}} 个参数' },
  'status.macs': { en: '{{count}} MACs', zh: '{{count}} 次乘加' },
  'status.batch': { en: 'batch size {{batch}}', zh: '批量大小 {{batch}}' },
  'status.measured': { en: '≈ {{time}} per step (measured)', zh: '≈ 每步 {{time}}（实测）' },
  'status.predicted': { en: '≈ {{time}} per step (estimated)', zh: '≈ 每步 {{time}}（估算）' },
  'status.training': { en: 'training memory ≈ {{size}}', zh: '训练内存约 {{size}}' },
  'status.run': { en: 'one run:', zh: '一次训练：' },
  'status.share': { en: 'training {{share}}%', zh: '训练中 {{share}}%' },
  'status.shareLeft': { en: 'training {{share}}%, {{left}} left', zh: '训练中 {{share}}%，剩余 {{left}}' },
  'status.problems': { en: 'problems: {{count}}', zh: '{{count}} 个问题' },
  'status.notTrainable': { en: 'not trainable here', zh: '无法在此训练' },
  'status.noProblems': { en: 'no problems', zh: '没有问题' },
  'status.empty': { en: 'empty network', zh: '空网络' },
  'status.runFailed': { en: 'training failed', zh: '训练失败' },
  'status.runWaits': { en: 'training paused by a problem', zh: '训练因问题暂停' },
  'status.findings': { en: 'findings: {{count}}', zh: '{{count}} 项诊断结果' },
  'status.runtime': { en: 'test runtime: Electron {{version}}', zh: '测试运行环境：Electron {{version}}' },
  'status.runtimeHint': {
    en: 'Netloom runs on Electron {{version}}, a substitute for testing. It gets no security updates.',
    zh: 'Netloom 正在 Electron {{version}} 上运行，这是仅供试用和测试的替代环境，不再有安全更新。',
  },
  'status.connecting': { en: 'engine starting…', zh: '引擎启动中…' },
  'status.failed': { en: 'engine not running', zh: '引擎未运行' },
} satisfies Words;
