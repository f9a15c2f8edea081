import { z } from 'zod';
import { type Text, UserError } from '../text.ts';
import { blocksOf } from './blockCopies.ts';
import {
  blockIdOf,
  blockSchema,
  DOCUMENT_VERSION,
  type DocumentNode,
  emptyDocument,
  type NetworkDocument,
  nodeSchema,
} from './document.ts';
import { readDocument } from './file.ts';
import { parseJson } from './json.ts';

/** What the format is called in a file. */
const FORMAT = 'netloom-block';

/** How the names of such files end. */
export const BLOCK_EXTENSION = 'netblock';

/** A block by itself, to be kept and passed on: what a node of it says, and the definitions that it needs. */
export const sharedBlockSchema = z
  .object({
    title: z.string().min(1),
    node: nodeSchema.unwrap().pick({ layer: true, config: true, repeat: true }).readonly(),
    blocks: z.array(blockSchema).readonly(),
  })
  .readonly();
export type SharedBlock = z.infer<typeof sharedBlockSchema>;

/** A node of a block, with its config, as a block by itself. */
export function sharedBlock(
  { blocks }: Pick<NetworkDocument, 'blocks'>,
  { layer, config, repeat }: Pick<DocumentNode, 'layer' | 'config' | 'repeat'>,
  title: string,
): SharedBlock {
  return {
    title,
    node: { layer, config, ...(repeat !== undefined && repeat > 1 && { repeat }) },
    blocks: blocksOf(blocks, [layer]),
  };
}

/** The text of a file of a block. */
export const writeSharedBlock = ({ title, node, blocks }: SharedBlock): string =>
  `${JSON.stringify({ format: FORMAT, version: DOCUMENT_VERSION, title, node, blocks }, null, 2)}\n`;

const fail = (text: Text): never => {
  throw new UserError(text);
};

/** Reads the text of a file of a block, of this version or an earlier one; `name` is what messages call it. Throws UserError. */
export function readSharedBlock(text: string, name: string): SharedBlock {
  const { format, version, title, node, blocks } = fieldsOf(text, name);
  if (format === 'netloom') {
    fail({
      en: `'${name}' is a whole network, not a block. Open it with File > Open, and make a block of the layers you need.`,
      zh: `“${name}”是一个完整的网络，不是块。请用“文件 > 打开”打开它，再把需要的层做成块。`,
    });
  }
  if (format !== FORMAT) {
    fail({
      en: `'${name}' is not a Netloom block. Choose a .${BLOCK_EXTENSION} file that was exported from Netloom.`,
      zh: `“${name}”不是 Netloom 的块。请选择由 Netloom 导出的 .${BLOCK_EXTENSION} 文件。`,
    });
  }
  if (typeof version === 'number' && version > DOCUMENT_VERSION) {
    fail({
      en: `'${name}' was exported by a newer Netloom: format version ${version}, where this one reads up to ${DOCUMENT_VERSION}. Update Netloom, and import it again.`,
      zh: `“${name}”由更新的 Netloom 导出：格式版本为 ${version}，本版最高支持 ${DOCUMENT_VERSION}。请更新 Netloom 后再导入。`,
    });
  }
  // As a document with this one node, the block is migrated and checked as networks are.
  const place = { id: 'block', name: 'block', position: { x: 0, y: 0 } };
  const nodes = [{ ...(typeof node === 'object' ? node : {}), ...place }];
  const document = { ...emptyDocument, version, nodes, blocks };
  try {
    const read = readDocument(document, name);
    return sharedBlockSchema.parse(sharedBlock(read, whole(read), title as string));
  } catch {
    return fail({
      en: `'${name}' is a Netloom block, but damaged: something in it is missing or wrong. Ask for the file again, or export the block anew.`,
      zh: `“${name}”是 Netloom 的块，但已损坏：其中有内容缺失或有误。请重新索取该文件，或重新导出此块。`,
    });
  }
}

/** The only node, whose block and the blocks inside it are there. */
function whole({ nodes: [node], blocks }: NetworkDocument): DocumentNode {
  const names = [node, ...blocks.flatMap((block) => block.nodes)].map((each) => blockIdOf(each?.layer ?? ''));
  const missing = names.find((id) => id !== null && !blocks.some((block) => block.id === id));
  if (node === undefined || missing != null) throw new Error(`there is no block '${missing}'`);
  return node;
}

function fieldsOf(text: string, name: string): Readonly<Record<string, unknown>> {
  try {
    const json: unknown = parseJson(text);
    return typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : {};
  } catch {
    return fail({
      en: `'${name}' could not be read: the text is damaged or cut off, or no block at all. Ask for the file again.`,
      zh: `无法读取“${name}”：文本已损坏或不完整，或者根本不是块。请重新索取该文件。`,
    });
  }
}

/** The block under another title, that of its definition with it. */
export const withTitle = (block: SharedBlock, title: string): SharedBlock => ({
  ...block,
  title,
  blocks: block.blocks.map((each) => (blockIdOf(block.node.layer) === each.id ? { ...each, title } : each)),
});
