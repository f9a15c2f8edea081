import type { Words } from '../words.ts';

export const view = {
  'view.language': { en: 'Switch to Chinese', zh: '切换到英文' },
  'view.languageShort': { en: '中文', zh: 'English' },
  'view.theme.system': { en: 'Theme: as the system', zh: '主题：跟随系统' },
  'view.theme.light': { en: 'Theme: light', zh: '主题：浅色' },
  'view.theme.dark': { en: 'Theme: dark', zh: '主题：深色' },
  'view.palette': { en: 'Show or hide the layers', zh: '显示或隐藏层列表' },
  'view.inspector': { en: 'Show or hide the inspector', zh: '显示或隐藏属性栏' },
  'view.dock': { en: 'Show or hide the dock', zh: '显示或隐藏底栏' },
  'view.fit': { en: 'Fit the network into view', zh: '让网络适应窗口' },
  'view.zoomIn': { en: 'Zoom in', zh: '放大' },
  'view.zoomOut': { en: 'Zoom out', zh: '缩小' },
  'view.minimap': { en: 'Map of the network', zh: '网络缩略图' },
  'view.minimapKeys': { en: 'Arrow keys move the view', zh: '用方向键移动视图' },
  'view.resize': { en: 'Resize {{panel}}', zh: '调整{{panel}}大小' },
} satisfies Words;
