import type { DocumentNode, Edge } from '../graph/document.ts';
import { readConfig } from './config.ts';
import { layerOf } from './index.ts';
import { inputPorts } from './layer.ts';

export interface Ports {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** The ports of a node with its config; an unknown layer has the ports that its edges use. */
export function portsOf(node: DocumentNode, edges: readonly Edge[]): Ports {
  const layer = layerOf(node.layer);
  if (layer !== undefined) {
    return { inputs: inputPorts(layer, readConfig(layer.config, node.config).config), outputs: layer.outputs };
  }
  return connectedPorts(node, edges);
}

/** The ports that the edges of a node use. */
export function connectedPorts({ id }: DocumentNode, edges: readonly Edge[]): Ports {
  const connected = (end: 'from' | 'to') => [
    ...new Set(edges.filter((edge) => edge[end].node === id).map((edge) => edge[end].port)),
  ];
  return { inputs: connected('to'), outputs: connected('from') };
}
