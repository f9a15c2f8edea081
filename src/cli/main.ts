// The `netloom` command.
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { failureText } from '../engine/failure.ts';
import { filesBeside } from '../engine/files.ts';
import { UserError } from '../text.ts';
import { commonOptions, type ExitCode, type Options, parseConfig, UsageError } from './command.ts';
import { commands } from './commands.ts';
import { commandHelp } from './help.ts';
import { languageOf, openOutput } from './output.ts';

const ALIASES: Readonly<Record<string, string>> = { '--help': 'help', '-h': 'help', '--version': 'version' };

async function main([first = 'help', ...args]: readonly string[]): Promise<ExitCode> {
  // Errors need a language and a form before the arguments are known to be sound.
  const wanted = args.indexOf('--lang');
  const language = languageOf(wanted === -1 ? undefined : args[wanted + 1], process.env);
  const output = openOutput(language, args.includes('--json'));
  try {
    const name = ALIASES[first] ?? first;
    const command = commands.find((candidate) => candidate.name === name);
    if (command === undefined) {
      throw new UsageError({
        en: `There is no command '${first}'. One of: ${listed().join(', ')}. See: netloom help`,
        zh: `没有命令“${first}”。可用命令：${listed().join('、')}。参见：netloom help`,
      });
    }
    const { values, positionals } = parse(args, { ...commonOptions, ...command.options }, name);
    if (values.help === true) {
      for (const line of commandHelp(command, output)) output.print(line);
      return 0;
    }
    const [least, most] = command.arity;
    if (positionals.length < least || positionals.length > most) {
      throw new UsageError({
        en: `Usage: netloom ${name} ${command.args}. See: netloom help ${name}`,
        zh: `用法：netloom ${name} ${command.args}。参见：netloom help ${name}`,
      });
    }
    return await command.run({
      positionals,
      options: values,
      output,
      files: filesBeside(import.meta.url),
      script: fileURLToPath(import.meta.url),
    });
  } catch (error) {
    const text = failureText(error);
    output.note({ en: `netloom: ${text.en}`, zh: `netloom：${text.zh}` });
    output.printJson({ error: output.words(text) });
    if (!(error instanceof UserError) && process.env.NETLOOM_DEBUG) console.error(error);
    return error instanceof UsageError ? 2 : 1;
  }
}

const listed = () => commands.filter(({ hidden }) => hidden !== true).map(({ name }) => name);

function parse(args: readonly string[], options: typeof commonOptions, command: string) {
  try {
    const parsed = parseArgs({
      args: [...args],
      options: parseConfig(options) ?? {},
      allowPositionals: true,
      strict: true,
    });
    const values = parsed.values as Options;
    const { lang } = values;
    if (lang !== undefined && lang !== 'en' && lang !== 'zh') throw new Error(`--lang takes en or zh, not '${lang}'`);
    return { values, positionals: parsed.positionals };
  } catch (error) {
    const reason = (error as Error).message.split('. ')[0];
    throw new UsageError({
      en: `${reason}. See: netloom help ${command}`,
      zh: `${reason}。参见：netloom help ${command}`,
    });
  }
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // The reader has seen enough (`netloom … | head`).
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});
process.exitCode = await main(process.argv.slice(2));
