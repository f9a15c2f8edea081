import type { Words } from '../words.ts';

export const view = {
  'view.menu': { en: 'Menu', zh: '菜单' },
  'view.language': { en: 'Language', zh: '语言' },
  'view.language.en': { en: 'English', zh: 'English' },
  'view.language.zh': { en: '中文', zh: '中文' },
  'view.theme': { en: 'Theme', zh: '主题' },
  'view.theme.system': { en: 'As the System', zh: '跟随系统' },
  'view.theme.light': { en: 'Light', zh: '浅色' },
  'view.theme.dark': { en: 'Dark', zh: '深色' },
  'view.theme.contrast': { en: 'High Contrast', zh: '高对比度' },
  'view.palette': { en: 'Show or hide the layers', zh: '显示或隐藏层列表' },
  'view.inspector': { en: 'Show or hide the inspector', zh: '显示或隐藏属性栏' },
  'view.dock': { en: 'Expand or collapse the bottom panel', zh: '展开或折叠底部面板' },
  'view.fit': { en: 'Fit the network into view', zh: '让网络适应窗口' },
  'view.zoomIn': { en: 'Zoom in', zh: '放大' },
  'view.zoomOut': { en: 'Zoom out', zh: '缩小' },
  'view.minimap': { en: 'Map of the network', zh: '网络缩略图' },
  'view.minimapKeys': { en: 'Arrow keys move the view', zh: '用方向键移动视图' },
  'view.resize': { en: 'Resize {{panel}}', zh: '调整{{panel}}大小' },
} satisfies Words;
