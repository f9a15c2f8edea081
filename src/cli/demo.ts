import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Field, labelsOf, sampleAt } from '../data/dataset.ts';
import { splitOf } from '../data/split.ts';
import { sizeOf, writeExport } from '../engine/exports.ts';
import { openDataset } from '../engine/files.ts';
import { CPU_DEVICE, openModel } from '../engine/session.ts';
import type { NetworkDocument } from '../graph/document.ts';
import { floatTensor } from '../ir/tensor.ts';
import { isInput } from '../layers/input.ts';
import { UserError } from '../text.ts';
import { type Command, intOption, UsageError } from './command.ts';
import { startEngine } from './engineClient.ts';
import { bar, counted, percent } from './output.ts';
import { topClasses } from './predict.ts';
import { EPOCHS } from './recipeOptions.ts';
import { trainWith } from './train.ts';

const TEMPLATE = 'lenet_modern';

/** Renders a grayscale image as text, with two rows of pixels per line. */
export function asText(pixels: Float32Array, width: number): string[] {
  const shades = ' ░▒▓█';
  const lines: string[] = [];
  for (let y = 0; y + 1 < pixels.length / width; y += 2) {
    let line = '';
    for (let x = 0; x < width; x++) {
      const level = ((pixels[y * width + x] as number) + (pixels[(y + 1) * width + x] as number)) / 2;
      line += shades[Math.min(shades.length - 1, Math.floor(level * shades.length))];
    }
    lines.push(line.trimEnd());
  }
  return lines;
}

export const demo: Command = {
  name: 'demo',
  args: '',
  summary: {
    en: 'demo: train, evaluate, export and use a network',
    zh: '演示：训练、评估、导出并使用一个网络',
  },
  examples: ['demo', 'demo --epochs 2'],
  options: {
    epochs: { type: 'string', value: 'N', help: { en: 'number of epochs (default: 5)', zh: '训练轮数（默认 5）' } },
  },
  arity: [0, 0],
  async run({ options, output, files, templates }) {
    const epochs = intOption(options, 'epochs', EPOCHS) ?? 5;
    const template = templates.all.find(({ id }) => id === TEMPLATE);
    if (template === undefined)
      throw new UsageError({ en: `Template “${TEMPLATE}” is missing.`, zh: `缺少模板“${TEMPLATE}”。` });
    const document: NetworkDocument = { ...template.document, recipe: { ...template.document.recipe, epochs } };
    const { print, words } = output;

    print(
      words({
        en: `1. Training “${words(template.title)}” on images of handwritten digits`,
        zh: `1. 用手写数字图像训练“${words(template.title)}”`,
      }),
    );
    const engine = startEngine({ files, device: CPU_DEVICE });
    const { end, epochs: history } = await trainWith(engine, document, output);
    if (end.state !== 'done') throw new UserError(end.message ?? { en: 'The demo was stopped.', zh: '演示已停止。' });
    print(
      words({
        en: `   ${counted(end.step)} steps; validation accuracy ${percent(history.at(-1)?.validation.accuracy ?? null)}`,
        zh: `   共 ${counted(end.step)} 步；验证精度 ${percent(history.at(-1)?.validation.accuracy ?? null)}`,
      }),
    );

    print(words({ en: '2. Evaluating on the validation set', zh: '2. 在验证集上评估' }));
    const { accuracy, loss } = await engine.call('evaluate', { document });
    print(
      words({
        en: `   loss ${loss.toFixed(4)}, accuracy ${percent(accuracy)}`,
        zh: `   损失 ${loss.toFixed(4)}，精度 ${percent(accuracy)}`,
      }),
    );

    print(words({ en: '3. Exporting to ONNX', zh: '3. 导出为 ONNX' }));
    const fileName = 'digits.onnx';
    const { files: exported, report } = await engine.call('export', { document, format: 'onnx', fileName });
    if (report.format !== 'onnx') throw new Error('the export is no model');
    await engine.close();
    const folder = await mkdtemp(join(tmpdir(), 'netloom-demo-'));
    const path = join(folder, fileName);
    await writeExport({ format: 'onnx', path, files: exported });
    print(
      words({
        en: `   ${counted(sizeOf(exported))} bytes, opset ${report.opset}; differs from the trained network by at most ${report.proof.maxError.toExponential(1)}`,
        zh: `   ${counted(sizeOf(exported))} 字节，opset ${report.opset}；与训练后网络的最大误差 ${report.proof.maxError.toExponential(1)}`,
      }),
    );

    print(
      words({
        en: '4. Loading the file in a new session and predicting images',
        zh: '4. 在新会话中加载文件并预测图像',
      }),
    );
    const data = await openDataset(document.data.source, files);
    const session = await openModel(await readFile(path), CPU_DEVICE);
    const [input = ''] = document.nodes.filter(({ layer }) => isInput(layer)).map(({ name }) => name);
    const { validation } = splitOf(data, document.data);
    const image = data.inputs[0] as Field;
    const labels = labelsOf(data) as Uint8Array;
    const readings = [];
    let right = 0;
    for (const index of [0, 1, 2].map((i) => validation[i * 7] as number)) {
      const pixels = sampleAt(image, index);
      const results = await session.run(new Map([[input, floatTensor([1, ...image.shape], pixels)]]));
      const top = topClasses(results.get('probabilities')?.data as Float32Array, 3);
      const label = labels[index] as number;
      right += Number(top[0]?.class === label);
      readings.push({ input: `${data.name}:${index}`, label, top });
      const lines = asText(pixels, image.shape.at(-1) as number);
      const predictions = top.map(
        ({ class: k, probability }) => `${k} ${bar(probability, 12)} ${percent(probability)}`,
      );
      const truth = words({ en: `true class ${label}`, zh: `真实类别 ${label}` });
      const beside = [truth, ...predictions];
      lines.forEach((line, i) => {
        print(`   ${line.padEnd(30)}${beside[i - 4] ?? ''}`.trimEnd());
      });
    }
    await session.release();
    await rm(folder, { recursive: true });
    print(
      words({
        en: `Done: the exported file predicted ${right} of ${readings.length} correctly.`,
        zh: `完成：导出的文件正确预测了 ${readings.length} 个中的 ${right} 个。`,
      }),
    );
    output.printJson({
      event: 'demo',
      steps: end.step,
      loss,
      accuracy,
      bytes: sizeOf(exported),
      opset: report.opset,
      proof: report.proof,
      readings,
    });
    return 0;
  },
};
