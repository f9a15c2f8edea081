import type { Words } from '../words.ts';

export const view = {
  'view.menu': { en: 'Menu', zh: '菜单' },
  'view.fit': { en: 'Fit the network into view', zh: '让网络适应窗口' },
  'view.zoomIn': { en: 'Zoom in', zh: '放大' },
  'view.zoomOut': { en: 'Zoom out', zh: '缩小' },
  'view.minimap': { en: 'Map of the network', zh: '网络缩略图' },
  'view.minimapKeys': { en: 'Arrow keys move the view', zh: '用方向键移动视图' },
  'view.resize': { en: 'Resize {{panel}}', zh: '调整{{panel}}大小' },
} satisfies Words;
