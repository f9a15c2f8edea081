import { blockIdOf, type DocumentNode, type Edge, type EdgeEnd, MOST_LAYERS } from '../graph/document.ts';
import { isPort } from '../graph/insideDrawing.ts';
import { type Drawing, nodeText } from './drawing.ts';
import { MOST_DEPTH } from './faces.ts';
import { removeFix } from './fixes.ts';
import type { NodeKind } from './inference.ts';
import { repeatFix } from './insideProblems.ts';
import type { Found } from './report.ts';

/** A node whose block the document does not have, or null when its `layer` names no such block. */
export function missingBlock(node: DocumentNode): Found | null {
  const id = blockIdOf(node.layer);
  if (id === null) return null;
  return {
    code: 'missing-block',
    node: node.id,
    port: null,
    message: {
      en: `'${node.name}' is the block '${id}', which is not in this document. Paste the block in, or put another layer in its place.`,
      zh: `“${node.name}”是块“${id}”，但本文档中没有这个块。请把块粘贴进来，或换成别的层。`,
    },
    fixes: [removeFix(node)],
  };
}

export function blockCycle(node: DocumentNode, titles: readonly string[]): Found {
  const [en, zh] = [titles.map((title) => `'${title}'`).join(' → '), titles.map((title) => `“${title}”`).join('→')];
  return {
    code: 'block-cycle',
    node: node.id,
    port: null,
    message: {
      en: `'${node.name}' is a block that would contain itself without end: ${en}. Take one of these out of the other.`,
      zh: `“${node.name}”是无限包含自身的块：${zh}。请把其中一个从另一个里取出。`,
    },
    fixes: [removeFix(node)],
  };
}

export function blocksTooDeep(node: DocumentNode): Found {
  return {
    code: 'blocks-too-deep',
    node: node.id,
    port: null,
    message: {
      en: `'${node.name}' is a block with more than ${MOST_DEPTH} levels of blocks in it. Lay some of them open (Ctrl+Shift+G).`,
      zh: `“${node.name}”内的块超过 ${MOST_DEPTH} 层嵌套。请展开其中一些（Ctrl+Shift+G）。`,
    },
    fixes: [removeFix(node)],
  };
}

/** The first node at which a drawing has too many layers, with all blocks and repeats laid open. */
export function tooManyLayers(node: DocumentNode): Found {
  return {
    code: 'too-many-layers',
    node: node.id,
    port: null,
    message: {
      en: `With '${node.name}' the network has more than ${MOST_LAYERS} layers, blocks and repeats laid open. Take out layers, or repeat blocks less often.`,
      zh: `加上“${node.name}”后，网络展开所有块和重复超过 ${MOST_LAYERS} 层。请去掉一些层，或减少重复次数。`,
    },
    fixes: [removeFix(node)],
  };
}

export function repeatedLayer(node: DocumentNode, { layer, repeat }: NodeKind): Found {
  const self = nodeText(node, layer);
  return {
    code: 'repeat-layer',
    node: node.id,
    port: 'repeat',
    message: {
      en: `${self.en} is repeated ${repeat} times, but only blocks can be repeated. Make a block of it first.`,
      zh: `${self.zh} 重复 ${repeat} 次，但只有块可以重复。请先把它做成块。`,
    },
    fixes: [repeatFix(node, 1)],
  };
}

/** An input or output of a network inside a block. */
export function endInside({ byId, kinds }: Drawing, id: string): Found {
  const node = byId.get(id) as DocumentNode;
  const self = nodeText(node, kinds.get(id)?.layer);
  return {
    code: 'end-in-block',
    node: id,
    port: null,
    message: {
      en: `${self.en} begins or ends a whole network and cannot stand inside a block. Put it outside and connect it to a port of the block.`,
      zh: `${self.zh} 是整个网络的起点或终点，不能放在块里。请放到块外，再连到块的端口。`,
    },
    fixes: [removeFix(node)],
  };
}

/** Whether an edge leads to an output port of a block from a port that a node inside does not have. */
export const isLost = ({ byId }: Drawing, { from, to }: Edge): boolean => isPort(to.node) && byId.has(from.node);

/** An output port of a block that names a port which a node inside does not have. */
export function lostOutput({ byId, kinds }: Drawing, { node: id, port }: EdgeEnd): Found {
  const node = byId.get(id) as DocumentNode;
  const self = nodeText(node, kinds.get(id)?.layer);
  return {
    code: 'lost-output',
    node: id,
    port,
    message: {
      en: `The block gives on what comes out of '${port}' of ${self.en}, which has no such port. Choose another for the block's output.`,
      zh: `块的输出取自 ${self.zh} 的“${port}”，但它没有这个端口。请为块的输出另选一个。`,
    },
    fixes: [],
  };
}
