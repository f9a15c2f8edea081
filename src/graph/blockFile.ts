import { z } from 'zod';
import { type Text, UserError } from '../text.ts';
import { blocksOf, type Definitions, operatorsField, operatorsOf } from './blockCopies.ts';
import {
  blockIdOf,
  blockSchema,
  DOCUMENT_VERSION,
  type DocumentNode,
  emptyDocument,
  type NetworkDocument,
  nodeSchema,
  operatorSchema,
} from './document.ts';
import { readDocument } from './file.ts';
import { parseJson } from './json.ts';

/** Name of the format in a file. */
const FORMAT = 'netloom-block';

/** File name extension. */
export const BLOCK_EXTENSION = 'netblock';

/** A single block, for storing and sharing: a node that uses it, and the definitions it needs. */
export const sharedBlockSchema = z
  .object({
    title: z.string().min(1),
    node: nodeSchema.unwrap().pick({ layer: true, config: true, repeat: true }).readonly(),
    blocks: z.array(blockSchema).readonly(),
    operators: z.array(operatorSchema).readonly().optional(),
  })
  .readonly();
export type SharedBlock = z.infer<typeof sharedBlockSchema>;

/** A node with a block and its config, as a shared block. */
export function sharedBlock(
  { blocks, operators }: Definitions,
  { layer, config, repeat }: Pick<DocumentNode, 'layer' | 'config' | 'repeat'>,
  title: string,
): SharedBlock {
  const used = blocksOf(blocks, [layer]);
  return {
    title,
    node: { layer, config, ...(repeat !== undefined && repeat > 1 && { repeat }) },
    blocks: used,
    ...operatorsField(operatorsOf(operators, [], used)),
  };
}

/** Writes a shared block as the text of a file. */
export const writeSharedBlock = ({ title, node, blocks, operators = [] }: SharedBlock): string => {
  const parts = { title, node, blocks, ...operatorsField(operators) };
  return `${JSON.stringify({ format: FORMAT, version: DOCUMENT_VERSION, ...parts }, null, 2)}\n`;
};

const fail = (text: Text): never => {
  throw new UserError(text);
};

/** Reads the text of a block file of this version or an earlier one; `name` is used in messages. Throws UserError. */
export function readSharedBlock(text: string, name: string): SharedBlock {
  const { format, version, title, node, blocks, operators } = fieldsOf(text, name);
  if (format === 'netloom') {
    fail({
      en: `“${name}” is a whole network, not a block. Open it with File > Open, then group the layers you need into a block.`,
      zh: `“${name}”是一个完整的网络，不是块。请用“文件 > 打开”打开它，再将需要的层组合为块。`,
    });
  }
  if (format !== FORMAT) {
    fail({
      en: `“${name}” is not a Netloom block. Choose a .${BLOCK_EXTENSION} file that was exported from Netloom.`,
      zh: `“${name}”不是 Netloom 的块。请选择由 Netloom 导出的 .${BLOCK_EXTENSION} 文件。`,
    });
  }
  if (typeof version === 'number' && version > DOCUMENT_VERSION) {
    fail({
      en: `“${name}” was exported by a newer version of Netloom: its format version is ${version}, but this version reads up to ${DOCUMENT_VERSION}. Update Netloom, then import it again.`,
      zh: `“${name}”由更新版本的 Netloom 导出：格式版本为 ${version}，而此版本最高支持 ${DOCUMENT_VERSION}。请更新 Netloom 后再导入。`,
    });
  }
  // The block is migrated and checked like a network, as a document with only this node.
  const place = { id: 'block', name: 'block', position: { x: 0, y: 0 } };
  const nodes = [{ ...(typeof node === 'object' ? node : {}), ...place }];
  const document = { ...emptyDocument, version, nodes, blocks, ...(operators !== undefined && { operators }) };
  try {
    const read = readDocument(document, name);
    return sharedBlockSchema.parse(sharedBlock(read, whole(read), title as string));
  } catch {
    return fail({
      en: `“${name}” is a damaged Netloom block: parts are missing or invalid. Get the file again, or export the block again.`,
      zh: `“${name}”是已损坏的 Netloom 块：其中有内容缺失或无效。请重新获取该文件，或重新导出此块。`,
    });
  }
}

/** The only node. Throws if its block or a block inside it is missing. */
function whole({ nodes: [node], blocks }: NetworkDocument): DocumentNode {
  const names = [node, ...blocks.flatMap((block) => block.nodes)].map((each) => blockIdOf(each?.layer ?? ''));
  const missing = names.find((id) => id !== null && !blocks.some((block) => block.id === id));
  if (node === undefined || missing != null) throw new Error(`no block '${missing}'`);
  return node;
}

function fieldsOf(text: string, name: string): Readonly<Record<string, unknown>> {
  try {
    const json: unknown = parseJson(text);
    return typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : {};
  } catch {
    return fail({
      en: `“${name}” could not be read: the text is damaged, incomplete or not a block. Get the file again.`,
      zh: `无法读取“${name}”：文本已损坏、不完整，或者不是块。请重新获取该文件。`,
    });
  }
}

/** The block with another title, also in its definition. */
export const withTitle = (block: SharedBlock, title: string): SharedBlock => ({
  ...block,
  title,
  blocks: block.blocks.map((each) => (blockIdOf(block.node.layer) === each.id ? { ...each, title } : each)),
});
