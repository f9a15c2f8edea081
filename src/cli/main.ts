import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { failureText } from '../engine/failure.ts';
import { reasonOf } from '../engine/fileReason.ts';
import { filesBeside } from '../engine/files.ts';
import { languageSchema, UserError } from '../text.ts';
import { parseArguments, splitCommand } from './arguments.ts';
import { choiceOption, commonOptions, type ExitCode, UsageError } from './command.ts';
import { commands } from './commands.ts';
import { commandHelp, noCommand } from './help.ts';
import { networkOpener } from './networkFile.ts';
import { languageOf, openOutput } from './output.ts';
import type { ReadyNetworks } from './readyNetwork.ts';

export interface Surroundings {
  /** URL of the started script; the workers and datasets are in the same folder. */
  readonly script: string;
  readonly templates: ReadyNetworks;
  /** Ids of the trained networks that ship with Netloom. */
  readonly pretrained: readonly string[];
}

/** The `netloom` command. Runs the command that the arguments of this process name, and sets the exit code. */
export async function main(surroundings: Surroundings): Promise<void> {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // The reader closed the pipe (`netloom … | head`), which is no error.
    if (error.code === 'EPIPE') process.exit(0);
    const { en, zh } = reasonOf(error);
    openOutput(languageOf(undefined, process.env), false).note({
      en: `netloom: The results could not be written to stdout: ${en}.`,
      zh: `netloom：无法将结果写入标准输出：${zh}。`,
    });
    process.exit(1);
  });
  process.exitCode = await run(process.argv.slice(2), surroundings);
}

async function run(words: readonly string[], { script, templates, pretrained }: Surroundings): Promise<ExitCode> {
  const [name, args] = splitCommand(words);
  // Errors in the arguments are printed in the requested language and format, so both are read before the arguments are
  // parsed.
  const [, wanted] = / --lang[ =](\w+)/.exec(` ${args.join(' ')}`) ?? [];
  const language = languageOf(wanted, process.env);
  const output = openOutput(language, args.includes('--json'));
  try {
    const command = commands.find((candidate) => candidate.name === name);
    if (command === undefined) throw noCommand(name, commands);
    const { values, positionals } = parseArguments(args, { ...command.options, ...commonOptions }, name);
    choiceOption(values, 'lang', languageSchema.options);
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
    const files = filesBeside(script);
    return await command.run({
      positionals,
      options: values,
      output,
      files,
      script: fileURLToPath(script),
      open: networkOpener(templates.all, { folder: join(files.data, 'pretrained'), ids: pretrained }),
      templates,
      commands,
    });
  } catch (error) {
    const text = failureText(error);
    output.note({ en: `netloom: ${text.en}`, zh: `netloom：${text.zh}` });
    output.printJson({ error: output.words(text) });
    if (!(error instanceof UserError) && process.env.NETLOOM_DEBUG) console.error(error);
    return error instanceof UsageError ? 2 : 1;
  }
}
