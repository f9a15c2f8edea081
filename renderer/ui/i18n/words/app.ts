import type { Words } from '../words.ts';

export const app = {
  'app.name': { en: 'Netloom', zh: 'Netloom' },
  'app.about': {
    en: 'Netloom {{version}}: design neural networks, check, train and export them. Apache-2.0.',
    zh: 'Netloom {{version}}：设计神经网络，检查、训练并导出。Apache-2.0。',
  },
} satisfies Words;
