import { entryOf } from '../engine/network.ts';
import { Predictor } from '../engine/predictor.ts';
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

export const predict: Command = {
  name: 'predict',
  args: 'FILE INPUT…',
  summary: {
    en: 'print the most probable classes of mnist:17, IDXFILE:17, image files (PNG, JPEG, WebP, PGM) or JSON lists',
    zh: '预测 mnist:17、IDX 文件:17、图像文件（PNG、JPEG、WebP、PGM）或 JSON 列表最可能的类别',
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
    const names = project.document.data.facts?.targets[0]?.names ?? [];
    const { shape } = entryOf(graph);
    const reader = new SampleReader(files);
    const samples = [];
    // All inputs are read before the first prediction, so that a wrong name is reported at once.
    for (const input of inputs) samples.push({ input, sample: await reader.read(input, shape, fit) });
    const predictor = await Predictor.open(graph, device);
    for (const { input, sample } of samples) {
      const prediction = await predictor.run(sample, weights);
      // A binary output has one probability; it is printed as two classes.
      const top = topClasses(
        prediction.length === 1 ? Float32Array.of(1 - (prediction[0] as number), prediction[0] as number) : prediction,
        count,
      );
      const named = top.map((each) => ({
        ...each,
        ...(names[each.class] === undefined ? {} : { name: names[each.class] }),
      }));
      output.printJson({ input, top: named });
      output.print(input);
      const rows = named.map(({ class: k, name, probability }) => [
        `  ${name ?? k}`,
        bar(probability),
        percent(probability),
      ]);
      for (const line of table(rows)) output.print(line);
    }
    await predictor.release();
    return 0;
  },
};
