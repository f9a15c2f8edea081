import {
  type Config,
  type DocumentNode,
  type Edge,
  emptyDocument,
  type NetworkDocument,
} from '../src/graph/document.ts';
import { templateOf } from '../templates/index.ts';

const lenet = templateOf('lenet_modern')?.document;

/** A residual network of `count` layers, drawn in columns: for measuring the canvas, and for its tests. */
export function manyLayers(count: number): NetworkDocument {
  const nodes: DocumentNode[] = [];
  const edges: Edge[] = [];
  const rows = Math.max(8, Math.round(Math.sqrt(count * 2.4)));

  function add(layer: string, config: Config, ...sources: string[]): string {
    const name = `${layer}_${nodes.length + 1}`;
    const position = { x: Math.floor(nodes.length / rows) * 250, y: (nodes.length % rows) * 110 };
    nodes.push({ id: name, layer, name, config, position });
    for (const [index, source] of sources.entries()) {
      const port = sources.length === 1 ? 'x' : `x${index}`;
      edges.push({
        id: `${source}.y>${name}.${port}`,
        from: { node: source, port: 'y' },
        to: { node: name, port },
      });
    }
    return name;
  }
  const conv = { outChannels: 16, kernelSize: [3, 3], padding: [1, 1] };

  let last = add('input', { shape: [1, 28, 28] });
  if (count > 1) last = add('conv2d', conv, last);
  while (nodes.length + 10 <= count) {
    const inner = add('relu', {}, add('batchNorm2d', {}, add('conv2d', conv, last)));
    last = add('relu', {}, add('add', { count: 2 }, add('conv2d', conv, inner), last));
  }
  if (count > 2) {
    last = add('linear', { outFeatures: 10 }, add('flatten', {}, add('globalAvgPool2d', {}, last)));
    while (nodes.length < count - 1) last = add('relu', {}, last);
    add('classifier', {}, last);
  }
  return { ...(lenet ?? emptyDocument), name: `${count} layers`, nodes, edges };
}
