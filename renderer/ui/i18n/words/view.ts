import type { Words } from '../words.ts';

export const view = {
  'view.menu': { en: 'Menu', zh: '菜单' },
  'view.fit': { en: 'Fit network to view', zh: '使网络适应窗口' },
  'view.zoomIn': { en: 'Zoom in', zh: '放大' },
  'view.zoomOut': { en: 'Zoom out', zh: '缩小' },
  'view.minimap': { en: 'Minimap', zh: '缩略图' },
  'view.minimapKeys': { en: 'Use the arrow keys to move the view', zh: '用方向键移动视图' },
  'view.resize': { en: 'Resize {{panel}}', zh: '调整{{panel}}的大小' },
} satisfies Words;
