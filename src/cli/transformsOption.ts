import { readBytes } from '../engine/readBytes.ts';
import { type NetworkDocument, type TransformStep, transformsSchema } from '../graph/document.ts';
import { UserError } from '../text.ts';
import { transformOf } from '../transforms/index.ts';
import { mixedAccuracy } from '../transforms/mixing.ts';
import { readPipeline } from '../transforms/pipeline.ts';
import { type OptionSpec, type Options, stringOption } from './command.ts';
import type { Output } from './output.ts';

export const transformsOption: OptionSpec = {
  type: 'string',
  value: 'FILE.json',
  help: {
    en: 'transforms of the images: a JSON list such as [{"type": "RandomHorizontalFlip", "p": 0.5}]',
    zh: '图像变换：JSON 列表，例如 [{"type": "RandomHorizontalFlip", "p": 0.5}]',
  },
};

/** The document with the transforms of the file that the option names. Throws UserError with place and fix. */
export async function withTransforms(document: NetworkDocument, options: Options): Promise<NetworkDocument> {
  const transforms = await askedTransforms(options);
  return transforms === null ? document : { ...document, data: { ...document.data, transforms } };
}

/** The transforms of the file that the option names; null without the option. Throws UserError with place and fix. */
export async function askedTransforms(options: Options): Promise<readonly TransformStep[] | null> {
  const path = stringOption(options, 'transforms');
  return path === undefined ? null : transformsIn(await readBytes(path), path);
}

/** Problems of the sizes in a list depend on the images, against which the check reads it again. */
const OF_SIZES: readonly string[] = ['does-not-fit', 'sides-differ'];

function transformsIn(bytes: Uint8Array, path: string): readonly TransformStep[] {
  const list = jsonOf(bytes, path);
  const [problem] = readPipeline(list, [3, 32, 32]).problems.filter(({ code }) => !OF_SIZES.includes(code));
  if (problem !== undefined) {
    const { place, message } = problem;
    const step =
      place === null ? { en: '', zh: '' } : { en: `transform ${place + 1}: `, zh: `第 ${place + 1} 个变换：` };
    throw new UserError({
      en: `“${path}”, ${step.en}${message.en}`,
      zh: `“${path}”，${step.zh}${message.zh}`,
    });
  }
  const read = transformsSchema.safeParse(list);
  if (read.success) return read.data;
  throw new UserError({
    en: `“${path}” has more than 50 transforms. Use fewer.`,
    zh: `“${path}”包含超过 50 个变换。请减少数量。`,
  });
}

function jsonOf(bytes: Uint8Array, path: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError({
      en: `“${path}” is not valid JSON: ${reason}. Write a list such as [{"type": "CenterCrop", "size": 28}].`,
      zh: `“${path}”不是有效的 JSON：${reason}。请写成列表，例如 [{"type": "CenterCrop", "size": 28}]。`,
    });
  }
}

/** Says which transforms run in training only, which in prediction too, and how samples are mixed. */
export function printTransforms({ data }: NetworkDocument, { note }: Output): void {
  const { mixing } = data;
  if (mixing !== undefined) {
    const { en, zh } = mixedAccuracy(mixing);
    note({
      en: `${mixing.type} (alpha ${mixing.alpha}) mixes the samples of each training batch. ${en}`,
      zh: `${mixing.type}（alpha ${mixing.alpha}）混合每个训练小批量中的样本。${zh}`,
    });
  }
  const on = (data.transforms ?? []).filter((step) => step.on !== false).map(({ type }) => type);
  if (on.length === 0) return;
  const fixed = on.filter((type) => transformOf(type)?.random === false);
  note({
    en: `Transforms in training: ${on.join(', ')}; in validation and prediction: ${fixed.join(', ') || 'none'}.`,
    zh: `训练时的变换：${on.join('、')}；验证和预测时：${fixed.join('、') || '无'}。`,
  });
}
