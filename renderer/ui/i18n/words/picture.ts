import type { Words } from '../words.ts';

export const picture = {
  'command.exportPicture': { en: 'Export image…', zh: '导出图片…' },

  'picture.title': { en: 'Export image', zh: '导出图片' },
  'picture.preview': { en: 'Image preview', zh: '图片预览' },
  'picture.format': { en: 'Format', zh: '格式' },
  'picture.scale': { en: 'Resolution', zh: '分辨率' },
  'picture.part': { en: 'Content', zh: '内容' },
  'picture.all': { en: 'Network', zh: '整个网络' },
  'picture.selection': { en: 'Selection', zh: '所选部分' },
  'picture.theme': { en: 'Colors', zh: '配色' },
  'picture.theme.light': { en: 'Light', zh: '浅色' },
  'picture.theme.dark': { en: 'Dark', zh: '深色' },
  'picture.theme.print': { en: 'Print', zh: '印刷' },
  'picture.language': { en: 'Language', zh: '语言' },
  'picture.english': { en: 'English', zh: 'English' },
  'picture.chinese': { en: '中文', zh: '中文' },
  'picture.shapes': { en: 'Show shapes on connections', zh: '在连线上标注形状' },
  'picture.transparent': { en: 'Transparent background', zh: '透明背景' },
  'picture.embed': { en: 'Embed the network in the file', zh: '在文件中嵌入网络' },
  'picture.embedHint': {
    en: 'Netloom can reopen the image as an editable network, without weights.',
    zh: 'Netloom 可以把此图片重新打开为可编辑的网络（不含权重）。',
  },
  'picture.noEmbedHint': {
    en: 'Image only: Netloom cannot reopen it as a network.',
    zh: '仅图片：无法重新打开为网络。',
  },
  'picture.save': { en: 'Export…', zh: '导出…' },
  'picture.saved': { en: 'Exported the image to {{path}}', zh: '图片已导出到 {{path}}' },
  'picture.savedDetail': {
    en: 'Open it in Netloom to continue editing the network.',
    zh: '在 Netloom 中打开它即可继续编辑网络。',
  },
} satisfies Words;
