import type { ImportedFrom } from '../graph/document.ts';
import type { ModelProto } from '../onnx/gen/onnx_pb.ts';
import { PRODUCER } from '../onnx/write.ts';

/** Characters of all metadata that a network keeps. */
const MOST_CHARACTERS = 100_000;

/** Name and version of the program that wrote a model; may be empty. */
export const producerOf = ({ producerName, producerVersion }: ModelProto): string =>
  `${producerName} ${producerVersion}`.trim();

/**
 * The description that a model of another program has of itself: program, opset, text and metadata. Metadata that is longer than a network
 * can keep is left out, and so is that of an earlier export by Netloom. Null for a model of Netloom.
 */
export function importedFrom(model: ModelProto, opset: number): ImportedFrom | null {
  if (model.producerName === PRODUCER) return null;
  let left = MOST_CHARACTERS;
  const metadata = model.metadataProps.flatMap(({ key, value }) => {
    const length = key.length + value.length;
    // Netloom's own entries are about the network that was exported, before another program changed it.
    if (length > left || key.startsWith('netloom')) return [];
    left -= length;
    return [{ key, value }];
  });
  const description = [model.docString, model.graph?.docString ?? '']
    .map((text) => text.trim())
    .filter((text) => text !== '');
  return { program: producerOf(model), opset, description: description.join('\n').slice(0, MOST_CHARACTERS), metadata };
}
