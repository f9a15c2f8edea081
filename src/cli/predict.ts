import { classNames } from '../data/classNames.ts';
import { OwnSamples } from '../engine/ownSamples.ts';
import { Predictor } from '../engine/predictor.ts';
import type { OutputPrediction } from '../protocol/results.ts';
import { type Command, intOption } from './command.ts';
import { deviceOf, deviceOptions } from './device.ts';
import { bar, percent, table } from './output.ts';
import { SampleReader } from './sample.ts';
import { withWeights } from './trained.ts';

/** The `count` most probable classes, most probable first. */
export const topClasses = (probabilities: Float32Array, count: number) =>
  Array.from(probabilities, (probability, k) => ({ class: k, probability }))
    .sort((a, b) => b.probability - a.probability)
    .slice(0, count);

interface SamplePrediction {
  /** The most probable classes, most probable first. */
  readonly top?: readonly { readonly class: number; readonly probability: number; readonly name?: string }[];
  /** The numbers of a regression. */
  readonly values?: readonly number[];
}

/** One sample's prediction of an output. */
function predicted({ answers, values }: OutputPrediction, names: readonly string[], count: number): SamplePrediction {
  if (answers === 'numbers') return { values: [...values] };
  // A binary output has one probability; it is printed as two classes.
  const [yes = 0] = values;
  const probabilities = answers === 'binary' && values.length === 1 ? Float32Array.of(1 - yes, yes) : values;
  const top = topClasses(probabilities, count).map((each) => {
    const name = names[each.class];
    return name === undefined ? each : { ...each, name };
  });
  return { top };
}

export const predict: Command = {
  name: 'predict',
  args: 'FILE INPUT…',
  summary: {
    en: 'print predictions for mnist:17, DATA:17, image files (PNG, JPEG, WebP, PGM) or JSON lists',
    zh: '预测 mnist:17、数据路径:17、图像文件（PNG、JPEG、WebP、PGM）或 JSON 列表',
  },
  examples: ['predict digits.netloom mnist:17', 'predict digits.netloom photo.jpg drawing.png --top 5'],
  options: {
    top: { type: 'string', value: 'N', help: { en: 'number of classes (default: 3)', zh: '显示的类别数（默认 3）' } },
    ...deviceOptions,
  },
  arity: [2, Number.POSITIVE_INFINITY],
  async run({ positionals: [file = '', ...inputs], options, output, files, open }) {
    const count = intOption(options, 'top', { least: 1, most: 100_000, example: 3 }) ?? 3;
    const device = await deviceOf(options);
    const project = await open(file);
    const { graph, weights } = withWeights(project, file, output);
    const fit = project.document.data.image?.fit ?? null;
    const { entries } = new OwnSamples(graph);
    const targets = project.document.data.facts?.targets ?? [];
    const reader = new SampleReader(files, project.document);
    const samples = [];
    // All inputs are read before the first prediction, so that a wrong name is reported at once.
    for (const input of inputs) samples.push({ input, sample: await reader.read(input, entries, fit) });
    const predictor = await Predictor.open(graph, device);
    for (const { input, sample } of samples) {
      const outputs = (await predictor.predict(sample, weights)).map((output) => {
        return { name: output.name, ...predicted(output, classNames(targets, output.name), count) };
      });
      const [only] = outputs;
      const { name: _, ...whole } = only ?? { name: '' };
      output.printJson(outputs.length === 1 ? { input, ...whole } : { input, outputs });
      output.print(input);
      for (const { name, top, values } of outputs) {
        if (outputs.length > 1) output.print(`  ${name}`);
        if (values !== undefined) output.print(`  ${values.map((value) => value.toPrecision(6)).join('  ')}`);
        const rows = (top ?? []).map((each) => [
          `  ${each.name ?? each.class}`,
          bar(each.probability),
          percent(each.probability),
        ]);
        for (const line of table(rows)) output.print(line);
      }
    }
    await predictor.release();
    return 0;
  },
};
