import type { Words } from '../words.ts';

export const picture = {
  'command.exportPicture': { en: 'Export Picture…', zh: '导出图片…' },

  'picture.title': { en: 'Export Picture', zh: '导出图片' },
  'picture.preview': { en: 'Preview of the picture', zh: '图片预览' },
  'picture.format': { en: 'Format', zh: '格式' },
  'picture.scale': { en: 'Resolution', zh: '分辨率' },
  'picture.part': { en: 'What is drawn', zh: '范围' },
  'picture.all': { en: 'Network', zh: '整个网络' },
  'picture.selection': { en: 'Selection', zh: '所选部分' },
  'picture.theme': { en: 'Colours', zh: '配色' },
  'picture.theme.light': { en: 'Light', zh: '浅色' },
  'picture.theme.dark': { en: 'Dark', zh: '深色' },
  'picture.theme.print': { en: 'Print', zh: '印刷' },
  'picture.language': { en: 'Language', zh: '语言' },
  'picture.english': { en: 'English', zh: 'English' },
  'picture.chinese': { en: '中文', zh: '中文' },
  'picture.shapes': { en: 'Shapes on the wires', zh: '在连线上标出形状' },
  'picture.transparent': { en: 'Transparent background', zh: '透明背景' },
  'picture.embed': { en: 'Put the network into the file', zh: '在文件中附带网络' },
  'picture.embedHint': {
    en: 'Netloom opens the picture again as the project, without weights.',
    zh: 'Netloom 可以把这张图片重新打开为项目（不含权重）。',
  },
  'picture.noEmbedHint': {
    en: 'The picture alone: it cannot be opened again as a project.',
    zh: '只有图片：无法再打开为项目。',
  },
  'picture.save': { en: 'Export…', zh: '导出…' },
  'picture.saved': { en: 'Exported the picture to {{path}}', zh: '图片已导出到 {{path}}' },
  'picture.savedDetail': {
    en: 'Open it in Netloom to go on with the network.',
    zh: '在 Netloom 中打开它即可继续编辑网络。',
  },
} satisfies Words;
