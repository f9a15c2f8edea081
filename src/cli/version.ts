import { PRODUCER_VERSION } from '../onnx/write.ts';
import type { Command } from './command.ts';

export const version: Command = {
  name: 'version',
  args: '',
  summary: { en: 'print the version of Netloom', zh: '显示 Netloom 的版本' },
  examples: ['version'],
  options: {},
  arity: [0, 0],
  async run({ output }) {
    output.print(PRODUCER_VERSION);
    output.printJson({ version: PRODUCER_VERSION });
    return 0;
  },
};
