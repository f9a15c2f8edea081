import { suggestion } from '../nearest.ts';
import { type Command, commonOptions, UsageError } from './command.ts';
import { type Output, table } from './output.ts';

/** The help of one command, line by line. */
export function commandHelp(command: Command, { words }: Output): string[] {
  const options = Object.entries({ ...command.options, ...commonOptions });
  return [
    `netloom ${command.name} ${command.args}`.trimEnd(),
    '',
    words(command.summary),
    '',
    ...table(
      options.map(([name, { short, value, help }]) => [
        `  ${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`,
        words(help),
      ]),
    ),
    '',
    words({ en: command.examples.length === 1 ? 'For example:' : 'Examples:', zh: '示例：' }),
    ...command.examples.map((example) => `  netloom ${example}`),
  ];
}

/** The error for an unknown command, with similar names. */
export function noCommand(name: string, commands: readonly Command[]): UsageError {
  const meant = suggestion(
    name,
    commands.filter(({ hidden }) => hidden !== true).map((command) => command.name),
  );
  return new UsageError({
    en: `Unknown command “${name}”. ${meant.en} See: netloom help`,
    zh: `未知命令“${name}”。${meant.zh}参见：netloom help`,
  });
}

/** The list of all commands, line by line. */
export const overview = ({ words }: Output, commands: readonly Command[]): string[] => [
  words({
    en: 'netloom: design, check, train and export neural networks. Usage: netloom COMMAND [ARGUMENTS]',
    zh: 'netloom：设计、检查、训练并导出神经网络。用法：netloom 命令 [参数]',
  }),
  '',
  ...table(
    commands
      .filter(({ hidden }) => hidden !== true)
      .map(({ name, args, summary }) => [`  ${name} ${args}`, words(summary)]),
  ),
  '',
  words({
    en: 'FILE is a .netloom file, a network in JSON, or the name of a template. Exit codes: 0 done, 1 error in the network or data, 2 wrong usage.',
    zh: 'FILE 是 .netloom 文件、JSON 格式的网络或模板名。退出码：0 完成，1 网络或数据有误，2 用法错误。',
  }),
];

export const help: Command = {
  name: 'help',
  args: '[COMMAND]',
  summary: { en: 'show the options of a command', zh: '显示命令的选项' },
  examples: ['help train', 'help sweep --lang zh'],
  options: {},
  arity: [0, 1],
  async run({ positionals: [name], output, commands }) {
    const command = name === undefined ? null : commands.find((candidate) => candidate.name === name);
    if (command === undefined) throw noCommand(name ?? '', commands);
    for (const line of command === null ? overview(output, commands) : commandHelp(command, output)) output.print(line);
    return 0;
  },
};
