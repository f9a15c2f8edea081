import { layerOf } from '../layers/index.ts';
import type { Text } from '../text.ts';
import type { ImportPhase, ImportReport } from './imported.ts';

/** The parts of an import, for its progress. */
export const phaseTexts: Readonly<Record<ImportPhase, Text>> = {
  reading: { en: 'Reading the file', zh: '正在读取文件' },
  running: { en: 'Running the model to observe its shapes', zh: '正在运行模型以观察形状' },
  recognizing: { en: 'Recognizing layers', zh: '正在识别层' },
  arranging: { en: 'Finding blocks and arranging the layout', zh: '正在查找块并排列布局' },
  verifying: { en: 'Comparing network and file', zh: '正在比较网络与文件' },
};

/** With ×, because names of blocks may end in a number. */
const listed = (entries: readonly (readonly [name: Text, count: number])[]): Text => ({
  en: entries.map(([{ en }, count]) => `${en} ×${count}`).join(', '),
  zh: entries.map(([{ zh }, count]) => `${zh} ×${count}`).join('、'),
});

/** The report of an import, one fact per line. */
export function reportLines(report: ImportReport): Text[] {
  const { restored, layers, blocks, kept, folded, converted, batch, proof } = report;
  const lines: Text[] = [];
  const found = listed(
    Object.entries(layers).map(([type, count]) => [layerOf(type)?.title ?? { en: type, zh: type }, count]),
  );
  lines.push({ en: `Layers: ${found.en}`, zh: `层：${found.zh}` });
  if (restored !== null) return [...lines, fromMetadata, ...(restored.notice === null ? [] : [restored.notice])];
  if (blocks.length > 0) {
    const repeated = listed(blocks.map(({ title, count }) => [title, count]));
    lines.push({ en: `Blocks of repeated layers: ${repeated.en}`, zh: `由重复的层组成的块：${repeated.zh}` });
  }
  if (kept.length > 0) {
    const counts = new Map<string, number>();
    for (const op of kept.flatMap(({ ops }) => ops)) counts.set(op, (counts.get(op) ?? 0) + 1);
    const ops = listed([...counts].map(([op, count]) => [{ en: op, zh: op }, count]));
    lines.push({
      en: `Kept as ONNX nodes, because no layer computes the same: ${ops.en}`,
      zh: `没有计算相同的层，保留为 ONNX 节点：${ops.zh}`,
    });
  }
  if (folded > 0) {
    lines.push({
      en: `Folded: ${folded === 1 ? '1 node that only computed constants or shapes' : `${folded} nodes that only computed constants and shapes`}`,
      zh: `已折叠 ${folded} 个只计算常量和形状的节点`,
    });
  }
  if (converted.length > 0) {
    lines.push({
      en: `Converted to float32: weights of ${converted.join(', ')}`,
      zh: `${converted.join('、')} 的权重已转换为 float32`,
    });
  }
  if (!batch) {
    lines.push({
      en: 'The model has a fixed batch size, so the network has it, too.',
      zh: '模型的批量大小是固定的，因此网络也是如此。',
    });
  }
  lines.push(proof === null ? notVerified : verified(proof));
  return lines;
}

/** The sizes that the model leaves open, for the command line: the window asks for them. */
export const sizeLines = ({ sizes }: ImportReport): Text[] =>
  sizes.map(({ name, size, assumed }) =>
    assumed
      ? {
          en: `Assumed size: ${name} = ${size}. The model leaves it open; --size ${name}=N sets another.`,
          zh: `假定大小：${name} = ${size}。模型未确定该大小；可用 --size ${name}=N 设定。`,
        }
      : { en: `Size: ${name} = ${size}`, zh: `大小：${name} = ${size}` },
  );

const fromMetadata: Text = {
  en: 'The file was exported by Netloom and has not changed since: names, blocks and training settings were restored, too.',
  zh: '该文件由 Netloom 导出且此后未改动：名称、块和训练设置也已恢复。',
};
const notVerified: Text = {
  en: 'Not verified: the file or the network cannot run here.',
  zh: '未校验：文件或网络无法在此运行。',
};

function verified({ maxError, largest, converted }: NonNullable<ImportReport['proof']>): Text {
  const of = converted ? { en: 'the file in float32', zh: '转换为 float32 的文件' } : { en: 'the file', zh: '原文件' };
  if (maxError === 0) {
    return {
      en: `Verified on random inputs: the outputs equal those of ${of.en}.`,
      zh: `已用随机输入校验：输出与${of.zh}完全相同。`,
    };
  }
  const [error, most] = [maxError.toExponential(1), largest.toPrecision(2)];
  return {
    en: `Verified on random inputs: the outputs differ from those of ${of.en} by at most ${error} (largest output ${most}).`,
    zh: `已用随机输入校验：与${of.zh}输出的最大误差为 ${error}（输出最大为 ${most}）。`,
  };
}
