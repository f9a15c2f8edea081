import type { Words } from '../words.ts';

export const keys = {
  'keys.title': { en: 'Keyboard shortcuts and help', zh: '键盘快捷键与帮助' },
  'keys.search': { en: 'Search commands or keys…', zh: '搜索命令或按键…' },
  'keys.hint': {
    en: 'Click a shortcut, then press the new keys. Press Esc to cancel.',
    zh: '点击快捷键，再按下新的组合键。按 Esc 取消。',
  },
  'keys.change': { en: 'Change {{keys}} of {{command}}', zh: '更改“{{command}}”的 {{keys}}' },
  'keys.add': { en: 'Add keys for {{command}}', zh: '为“{{command}}”添加按键' },
  'keys.press': { en: 'Press keys…', zh: '请按键…' },
  'keys.remove': { en: 'Remove', zh: '删除' },
  'keys.reset': { en: 'Reset', zh: '恢复默认' },
  'keys.resetOne': { en: 'Reset the keys of {{command}} to the default', zh: '恢复“{{command}}”的默认按键' },
  'keys.resetAll': { en: 'Reset all', zh: '全部恢复默认' },
  'keys.taken': { en: '{{keys}} is already used for “{{command}}”.', zh: '{{keys}} 已用于“{{command}}”。' },
  'keys.take': { en: 'Reassign', zh: '改用于此命令' },
  'keys.keep': { en: 'Keep current', zh: '保持不变' },
  'keys.none': { en: 'No matching commands or shortcuts', zh: '没有匹配的命令或快捷键' },
} satisfies Words;
