import type { Words } from '../words.ts';

/** Inside a block. */
export const level = {
  'command.enterBlock': { en: 'Enter block', zh: '进入块' },
  'command.leaveBlock': { en: 'Exit block', zh: '退出块' },
  'command.makeOwn': { en: 'Convert to editable block', zh: '转换为可编辑的块' },
  'command.addInputPort': { en: 'Add block input', zh: '添加块输入' },
  'command.addOutputPort': { en: 'Add block output', zh: '添加块输出' },
  'command.needs.inside': { en: 'Enter a block first', zh: '请先进入一个块' },
  'command.needs.insideBuiltIn': { en: 'Enter a built-in block first', zh: '请先进入一个内置块' },
  'command.needs.insideOwn': { en: 'Enter an editable block first', zh: '请先进入一个可编辑的块' },
  'command.needs.outside': { en: 'Exit the block first', zh: '请先退出块' },

  'level.where': { en: 'Location', zh: '当前位置' },
  'level.copy': { en: 'copy {{at}} of {{count}}', zh: '第 {{at}} 个副本，共 {{count}} 个' },
  'level.previousCopy': { en: 'Previous copy', zh: '上一个副本' },
  'level.nextCopy': { en: 'Next copy', zh: '下一个副本' },
  'level.lookOnly': { en: 'Built-in block, read-only', zh: '内置块，只读' },
  'level.refused': {
    en: '“{{name}}” is a built-in block and cannot be edited. Convert it to an editable block first; names, connections and results stay the same.',
    zh: '“{{name}}”是内置块，不能编辑。请先将它转换为可编辑的块；名称、连线和结果都保持不变。',
  },
  'level.makeOwn': { en: 'Convert to editable block', zh: '转换为可编辑的块' },
  'level.owned': {
    en: '“{{name}}” is now an editable block of this network.',
    zh: '“{{name}}”现在是此网络中可编辑的块。',
  },
  'level.enter': { en: 'Enter block', zh: '进入块' },
  'level.setOutside': { en: 'Set by the block', zh: '由块的设置项决定' },
  'level.show': { en: 'Show {{name}}', zh: '显示 {{name}}' },
  'level.inside': { en: 'Contents', zh: '内部' },
  'history.inBlock': { en: 'In “{{name}}”: {{what}}', zh: '在“{{name}}”中：{{what}}' },
  'history.ownBlock': { en: 'Converted {{name}} to an editable block', zh: '将 {{name}} 转换为可编辑的块' },
} satisfies Words;
