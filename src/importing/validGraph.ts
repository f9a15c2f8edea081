import { MOST_LAYERS } from '../graph/document.ts';
import type { ModelProto } from '../onnx/gen/onnx_pb.ts';
import type { Text } from '../text.ts';
import { capturedBy } from './model.ts';

/** More nodes than any published model has. */
const MOST_NODES = 5 * MOST_LAYERS;

/** The first fault in the names and the order of the nodes of a model; null if there is none. */
export function graphFault({ graph }: ModelProto): Text | null {
  if (graph === undefined) return { en: 'it contains no graph', zh: '其中没有计算图' };
  if (graph.node.length > MOST_NODES) {
    return {
      en: `it has ${graph.node.length} nodes; the maximum is ${MOST_NODES}`,
      zh: `它有 ${graph.node.length} 个节点，上限为 ${MOST_NODES}`,
    };
  }
  if (graph.output.length === 0) return { en: 'it has no outputs', zh: '它没有输出' };
  const defined = new Set<string>();
  for (const { name } of graph.input) {
    if (defined.has(name)) return { en: `two of its inputs are named “${name}”`, zh: `有两个输入都名为“${name}”` };
    defined.add(name);
  }
  const stored = new Set<string>();
  for (const { name } of graph.initializer) {
    if (stored.has(name))
      return { en: `two of its initializers are named “${name}”`, zh: `有两个初始值都名为“${name}”` };
    stored.add(name);
    defined.add(name);
  }
  for (const { values } of graph.sparseInitializer) if (values !== undefined) defined.add(values.name);
  for (const node of graph.node) {
    for (const name of [...node.input, ...capturedBy(node)]) {
      if (name !== '' && !defined.has(name)) {
        return {
          en: `${node.opType} “${node.name || node.output[0]}” uses “${name}”, which no node before it, no input and no initializer gives`,
          zh: `${node.opType}“${node.name || node.output[0]}”使用的“${name}”既不是前面节点的结果，也不是输入或初始值`,
        };
      }
    }
    for (const name of node.output) {
      if (name === '') continue;
      if (defined.has(name)) return { en: `“${name}” is computed twice`, zh: `“${name}”被计算了两次` };
      defined.add(name);
    }
  }
  const lost = graph.output.find(({ name }) => !defined.has(name));
  return lost === undefined
    ? null
    : { en: `nothing computes its output “${lost.name}”`, zh: `没有节点计算输出“${lost.name}”` };
}
