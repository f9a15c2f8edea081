import type { Words } from '../words.ts';

export const commandPalette = {
  'commandPalette.title': { en: 'Command palette', zh: '命令面板' },
  'commandPalette.search': { en: 'Run a command, add a layer, go to a node…', zh: '运行命令、添加层、转到节点…' },
  'commandPalette.none': {
    en: 'No results for “{{query}}”. Try a shorter word or pinyin.',
    zh: '未找到“{{query}}”。请尝试更短的词或拼音。',
  },
  'commandPalette.recent': { en: 'recent', zh: '最近' },
  'commandPalette.add': { en: 'Add {{layer}}', zh: '添加{{layer}}' },
  'commandPalette.go': { en: 'Go to {{node}}', zh: '转到 {{node}}' },
  'commandPalette.openTemplate': { en: 'Open template: {{template}}', zh: '打开模板：{{template}}' },
  'commandPalette.verb.add': { en: 'Add', zh: '添加' },
  'commandPalette.verb.go': { en: 'Go to', zh: '转到' },
  'commandPalette.verb.open': { en: 'Open template', zh: '打开模板' },
  'commandPalette.layer': { en: 'Layer', zh: '层' },
  'commandPalette.block': { en: 'Block', zh: '块' },
  'commandPalette.template': { en: 'Template', zh: '模板' },
} satisfies Words;
