import { dropping } from './dropping.ts';

export const dropout2d = dropping(
  'dropout2d',
  { en: 'Dropout2d', zh: '通道暂退法' },
  {
    en: 'Dropout of whole channels: neighbouring pixels say much the same, so dropping single ones would change little.',
    zh: '整个通道一起丢弃：相邻像素的信息相近，只丢单个像素作用不大。',
  },
  (x) => x.map((dim, i) => (i < 2 ? dim : 1)),
);
