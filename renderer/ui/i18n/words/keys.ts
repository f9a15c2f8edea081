import type { Words } from '../words.ts';

export const keys = {
  'keys.title': { en: 'Keyboard shortcuts and help', zh: '键盘快捷键与帮助' },
  'keys.search': { en: 'Search commands or keys…', zh: '搜索命令或按键…' },
  'keys.hint': {
    en: 'Press the button of a key, then the new keys. Escape leaves it as it was.',
    zh: '点按某个按键，再按下新的组合键。按 Esc 保持不变。',
  },
  'keys.change': { en: 'Change {{keys}} of {{command}}', zh: '更改“{{command}}”的 {{keys}}' },
  'keys.add': { en: 'Add keys for {{command}}', zh: '为“{{command}}”添加按键' },
  'keys.press': { en: 'Press keys…', zh: '请按键…' },
  'keys.remove': { en: 'Remove', zh: '删除' },
  'keys.reset': { en: 'Reset', zh: '还原' },
  'keys.resetOne': { en: 'Back to the default keys of {{command}}', zh: '还原“{{command}}”的默认按键' },
  'keys.resetAll': { en: 'Reset All', zh: '全部还原' },
  'keys.taken': { en: "{{keys}} is already the key of '{{command}}'.", zh: '{{keys}} 已用于“{{command}}”。' },
  'keys.take': { en: 'Take It Over', zh: '改用于此' },
  'keys.keep': { en: 'Leave It', zh: '保持不变' },
  'keys.none': { en: 'No command is called that or has those keys.', zh: '没有这个名称或按键的命令。' },
} satisfies Words;
