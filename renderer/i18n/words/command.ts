import type { Words } from '../words.ts';

export const command = {
  'command.group.file': { en: 'File', zh: '文件' },
  'command.group.edit': { en: 'Edit', zh: '编辑' },
  'command.group.arrange': { en: 'Arrange', zh: '排列' },
  'command.group.view': { en: 'View', zh: '视图' },
  'command.group.run': { en: 'Run', zh: '运行' },
  'command.group.help': { en: 'Help', zh: '帮助' },

  'command.new': { en: 'New', zh: '新建' },
  'command.newWindow': { en: 'New Window', zh: '新建窗口' },
  'command.openRecent': { en: 'Open Recent', zh: '打开最近的文件' },
  'command.open': { en: 'Open…', zh: '打开…' },
  'command.save': { en: 'Save', zh: '保存' },
  'command.saveAs': { en: 'Save As…', zh: '另存为…' },
  'command.export': { en: 'Export ONNX…', zh: '导出 ONNX…' },
  'command.quit': { en: 'Quit', zh: '退出' },

  'command.undo': { en: 'Undo', zh: '撤销' },
  'command.redo': { en: 'Redo', zh: '重做' },
  'command.delete': { en: 'Delete', zh: '删除' },
  'command.selectAll': { en: 'Select All', zh: '全选' },

  'command.fixAll': { en: 'Fix All Problems', zh: '修复所有问题' },

  'command.fit': { en: 'Fit Network', zh: '适应窗口' },
  'command.dock': { en: 'Show or Hide Dock', zh: '显示或隐藏底栏' },
  'command.problems': { en: 'Show Problems', zh: '显示问题' },
  'command.searchLayers': { en: 'Search Layers', zh: '搜索层' },
  'command.nextPane': { en: 'Go to Next Part of the Window', zh: '转到窗口的下一部分' },
  'command.previousPane': { en: 'Go to Previous Part of the Window', zh: '转到窗口的上一部分' },
  'command.zoomIn': { en: 'Larger Interface', zh: '放大界面' },
  'command.zoomOut': { en: 'Smaller Interface', zh: '缩小界面' },
  'command.resetZoom': { en: 'Interface at Actual Size', zh: '界面实际大小' },
  'command.fullScreen': { en: 'Full Screen', zh: '全屏' },

  'command.train': { en: 'Train, Pause or Resume', zh: '训练、暂停或继续' },
  'command.step': { en: 'Single Step', zh: '单步' },
  'command.stop': { en: 'Stop', zh: '停止' },

  'command.about': { en: 'About Netloom', zh: '关于 Netloom' },
} satisfies Words;
