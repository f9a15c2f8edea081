import { ablate } from './ablate.ts';
import { bench, benchRow } from './bench.ts';
import { check } from './check.ts';
import type { Command } from './command.ts';
import { compare } from './compare.ts';
import { dataCommand } from './data.ts';
import { demo } from './demo.ts';
import { evaluate } from './evaluate.ts';
import { exportCommand } from './export.ts';
import { help } from './help.ts';
import { importCommand, importRun } from './import.ts';
import { predict } from './predict.ts';
import { providers } from './providers.ts';
import { sweep } from './sweep.ts';
import { templates } from './templates.ts';
import { train } from './train.ts';
import { verify } from './verify.ts';
import { version } from './version.ts';

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [
  check,
  compare,
  train,
  sweep,
  ablate,
  evaluate,
  dataCommand,
  predict,
  exportCommand,
  importCommand,
  importRun,
  templates,
  providers,
  verify,
  bench,
  benchRow,
  demo,
  help,
  version,
];
