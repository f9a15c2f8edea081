import { blockIdOf, type DocumentNode, type Edge, type EdgeEnd, MOST_LAYERS, operatorIdOf } from '../graph/document.ts';
import { isPort } from '../graph/insideDrawing.ts';
import { type Drawing, nodeText } from './drawing.ts';
import { MOST_DEPTH } from './faces.ts';
import { removeFix } from './fixes.ts';
import type { NodeKind } from './inference.ts';
import { repeatFix } from './insideProblems.ts';
import type { DraftDiagnostic } from './report.ts';

/** The problem of a node whose block the document does not have; null if its `layer` names no such block. */
export function missingBlock(node: DocumentNode): DraftDiagnostic | null {
  const id = blockIdOf(node.layer);
  if (id === null) return null;
  return {
    code: 'missing-block',
    node: node.id,
    port: null,
    message: {
      en: `“${node.name}” is an instance of block “${id}”, which is not in this network. Paste the block here, or replace it with another layer.`,
      zh: `“${node.name}”使用块“${id}”，但此网络中没有这个块。请粘贴该块，或替换为其他层。`,
    },
    fixes: [removeFix(node)],
  };
}

/** The problem of a node whose ONNX operator the document does not have; null if its `layer` names no such operator. */
export function missingOperator(node: DocumentNode): DraftDiagnostic | null {
  const id = operatorIdOf(node.layer);
  if (id === null) return null;
  return {
    code: 'missing-operator',
    node: node.id,
    port: null,
    message: {
      en: `“${node.name}” is ONNX operator “${id}”, which is not in this network. Import the ONNX file again, or replace it with another layer.`,
      zh: `“${node.name}”使用 ONNX 算子“${id}”，但此网络中没有这个算子。请重新导入 ONNX 文件，或替换为其他层。`,
    },
    fixes: [removeFix(node)],
  };
}

export function blockCycle(node: DocumentNode, titles: readonly string[]): DraftDiagnostic {
  const [en, zh] = [titles.map((title) => `'${title}'`).join(' → '), titles.map((title) => `“${title}”`).join('→')];
  return {
    code: 'block-cycle',
    node: node.id,
    port: null,
    message: {
      en: `“${node.name}” contains itself: ${en}. Remove one of these blocks from the other.`,
      zh: `“${node.name}”包含自身：${zh}。请从其中一个块中移除另一个。`,
    },
    fixes: [removeFix(node)],
  };
}

export function blocksTooDeep(node: DocumentNode): DraftDiagnostic {
  return {
    code: 'blocks-too-deep',
    node: node.id,
    port: null,
    message: {
      en: `“${node.name}” contains more than ${MOST_DEPTH} levels of nested blocks. Ungroup some of them (Ctrl+Shift+G).`,
      zh: `“${node.name}”内的块嵌套超过 ${MOST_DEPTH} 层。请取消组合其中一些（Ctrl+Shift+G）。`,
    },
    fixes: [removeFix(node)],
  };
}

/** The problem of too many layers, counting all copies inside blocks, at the first node that exceeds the limit. */
export function tooManyLayers(node: DocumentNode): DraftDiagnostic {
  return {
    code: 'too-many-layers',
    node: node.id,
    port: null,
    message: {
      en: `With “${node.name}”, the network has more than ${MOST_LAYERS} layers, counting all copies inside blocks. Remove layers, or repeat blocks less often.`,
      zh: `加上“${node.name}”后，网络（计入块内所有副本）超过 ${MOST_LAYERS} 层。请删除一些层，或减少重复次数。`,
    },
    fixes: [removeFix(node)],
  };
}

export function repeatedLayer(node: DocumentNode, { layer, repeat }: NodeKind): DraftDiagnostic {
  const self = nodeText(node, layer);
  return {
    code: 'repeat-layer',
    node: node.id,
    port: 'repeat',
    message: {
      en: `${self.en} is repeated ${repeat} times, but only blocks can be repeated. Group it into a block first.`,
      zh: `${self.zh}重复 ${repeat} 次，但只有块可以重复。请先将它组合为块。`,
    },
    fixes: [repeatFix(node, 1)],
  };
}

/** The problem of an input or output of the network inside a block. */
export function endInside({ byId, kinds }: Drawing, id: string): DraftDiagnostic {
  const node = byId.get(id) as DocumentNode;
  const self = nodeText(node, kinds.get(id)?.layer);
  return {
    code: 'end-in-block',
    node: id,
    port: null,
    message: {
      en: `${self.en} is an input or output of the whole network and cannot be inside a block. Move it out of the block and connect it to a port of the block.`,
      zh: `${self.zh}是整个网络的输入或输出层，不能放在块内。请移到块外，再连接到块的端口。`,
    },
    fixes: [removeFix(node)],
  };
}

/** True if an edge to an output port of a block starts at a port that the node inside does not have. */
export const isLost = ({ byId }: Drawing, { from, to }: Edge): boolean => isPort(to.node) && byId.has(from.node);

/** The problem of an output port of a block that names a port which the node inside does not have. */
export function lostOutput({ byId, kinds }: Drawing, { node: id, port }: EdgeEnd): DraftDiagnostic {
  const node = byId.get(id) as DocumentNode;
  const self = nodeText(node, kinds.get(id)?.layer);
  return {
    code: 'lost-output',
    node: id,
    port,
    message: {
      en: `The block output is connected to port “${port}”, which ${self.en} does not have. Connect it to another port.`,
      zh: `块的输出连接到${self.zh}的端口“${port}”，但该层没有这个端口。请连接到其他端口。`,
    },
    fixes: [],
  };
}
