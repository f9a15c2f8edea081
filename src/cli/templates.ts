import { check } from '../check/check.ts';
import { isInput } from '../layers/input.ts';
import type { Command } from './command.ts';
import { counted, table } from './output.ts';

export const templates: Command = {
  name: 'templates',
  args: '',
  summary: { en: 'list the templates', zh: '列出模板' },
  examples: ['templates', 'templates --json'],
  options: {},
  arity: [0, 0],
  async run({ output, templates: { all } }) {
    const rows = all.map(({ id, family, title, document }) => {
      const { totals, nodes } = check(document);
      const input = document.nodes.find(({ layer }) => isInput(layer));
      const shape = input === undefined ? [] : Object.values(nodes.get(input.id)?.outputs ?? {})[0];
      return { id, family, title: output.words(title), params: totals.params, macs: totals.macs, input: shape ?? [] };
    });
    output.printJson(rows);
    const head = [
      'id',
      ...[
        { en: 'family', zh: '系列' },
        { en: 'title', zh: '名称' },
        { en: 'parameters', zh: '参数量' },
        { en: 'MACs', zh: '乘加次数' },
        { en: 'input', zh: '输入' },
      ].map(output.words),
    ];
    const lines = rows.map(({ id, family, title, params, macs, input }) => [
      id,
      family,
      title,
      counted(params),
      counted(macs),
      input.join('×'),
    ]);
    for (const line of table([head, ...lines], [3, 4])) output.print(line);
    output.print(
      output.words({
        en: 'Networks of the book “Dive into Deep Learning” (ids with d2l) and of the original papers.',
        zh: '《动手学深度学习》（标识中含 d2l）与原论文中的网络。',
      }),
    );
    return 0;
  },
};
