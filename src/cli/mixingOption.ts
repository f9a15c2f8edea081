import { type DataConfig, type MixingConfig, mixingSchema } from '../graph/document.ts';
import { type OptionSpec, type Options, stringOption, UsageError } from './command.ts';

export const mixingOption: OptionSpec = {
  type: 'string',
  value: 'TYPE[:ALPHA]',
  help: {
    en: 'mix the samples of each training batch: MixUp, CutMix (alpha: 1 by default) or none',
    zh: '混合每个训练小批量中的样本：MixUp、CutMix（alpha 默认为 1）或 none',
  },
};

/** The dataset settings with the mixing that the option gives. Throws UsageError. */
export function withMixing(data: DataConfig, options: Options): DataConfig {
  const written = stringOption(options, 'mixing');
  if (written === undefined) return data;
  const { mixing: _, ...without } = data;
  return written.toLowerCase() === 'none' ? without : { ...without, mixing: readMixing(written) };
}

function readMixing(written: string): MixingConfig {
  const [name = '', alpha = '1', ...more] = written.split(':');
  const type = mixingSchema.unwrap().shape.type.options.find((each) => each.toLowerCase() === name.toLowerCase());
  const read = mixingSchema.safeParse({ type, alpha: alpha.trim() === '' ? Number.NaN : Number(alpha) });
  if (read.success && more.length === 0) return read.data;
  throw new UsageError({
    en: `--mixing must be MixUp or CutMix, with an alpha above 0 and at most 1000, or none; not “${written}”. For example: --mixing MixUp:0.2`,
    zh: `--mixing 应为 MixUp 或 CutMix，alpha 大于 0 且不超过 1000，或为 none；而不是“${written}”。例如：--mixing MixUp:0.2`,
  });
}
