import type { Words } from '../words.ts';

/** Inside a block. */
export const level = {
  'command.enterBlock': { en: 'Go into the Block', zh: '进入块' },
  'command.leaveBlock': { en: 'Leave the Block', zh: '离开块' },
  'command.makeOwn': { en: 'Make the Block My Own', zh: '变为我自己的块' },
  'command.addInputPort': { en: 'Add an Input to the Block', zh: '给块添加输入' },
  'command.addOutputPort': { en: 'Add an Output to the Block', zh: '给块添加输出' },
  'command.needs.inside': { en: 'Go into a block first', zh: '请先进入一个块' },
  'command.needs.insideBuiltIn': { en: 'Go into a built-in block first', zh: '请先进入一个内置块' },
  'command.needs.insideOwn': { en: 'Go into a block of your own first', zh: '请先进入自己的块' },
  'command.needs.outside': { en: 'Leave the block first', zh: '请先离开块' },

  'level.where': { en: 'Where you are', zh: '当前位置' },
  'level.copy': { en: 'copy {{at}} of {{count}}', zh: '第 {{at}} 个，共 {{count}} 个' },
  'level.previousCopy': { en: 'Previous copy', zh: '上一个副本' },
  'level.nextCopy': { en: 'Next copy', zh: '下一个副本' },
  'level.lookOnly': { en: 'Built-in block, only to look at', zh: '内置块，仅供查看' },
  'level.refused': {
    en: "Nothing changed: '{{name}}' is a built-in block, and these cannot be edited inside. Make it your own first; names, wires and results stay as they are.",
    zh: '未作更改：“{{name}}”是内置块，内部不能编辑。请先把它变为自己的块；名称、连线和结果都保持不变。',
  },
  'level.makeOwn': { en: 'Make it my own', zh: '变为我自己的块' },
  'level.owned': {
    en: "'{{name}}' is a block of this document now: everything inside it can be changed.",
    zh: '“{{name}}”现在是本文档自己的块：内部的一切都可以修改。',
  },
  'level.enter': { en: 'Go inside', zh: '进入内部' },
  'level.setOutside': { en: 'Set on the block', zh: '由块的设置决定' },
  'level.show': { en: 'Show {{name}}', zh: '显示 {{name}}' },
  'level.inside': { en: 'Inside', zh: '内部' },
  'history.inBlock': { en: "In '{{name}}': {{what}}", zh: '在“{{name}}”中：{{what}}' },
  'history.ownBlock': { en: 'Made {{name}} a block of this document', zh: '把 {{name}} 变为本文档自己的块' },
} satisfies Words;
