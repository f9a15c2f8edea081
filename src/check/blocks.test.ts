import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { templateOf } from '../../templates/index.ts';
import { blocks } from '../blocks/index.ts';
import { type Config, type DocumentNode, emptyDocument, type NetworkDocument } from '../graph/document.ts';
import { applyEdits, type Edit } from '../graph/edits.ts';
import { defaultConfig } from '../layers/config.ts';
import { check } from './check.ts';
import type { NodeReport } from './checkedGraph.ts';
import { leafReports } from './leafReports.ts';

interface Reference {
  readonly id: string;
  readonly input_shape: readonly number[];
  readonly totals: { readonly params: number; readonly macs: number };
  readonly layers: readonly {
    readonly name: string;
    readonly type: string;
    readonly output_shape: readonly number[];
    readonly params: number;
    readonly macs: number;
  }[];
}

const file = new URL('../../testdata/networks.json', import.meta.url);
const references = (JSON.parse(readFileSync(file, 'utf8')) as { networks: Reference[] }).networks;

const node = (name: string, layer: string, config: Config = {}): DocumentNode => ({
  id: name,
  layer,
  name,
  config,
  position: { x: 0, y: 0 },
});

/** input → block → head. */
function around(shape: readonly number[], block: DocumentNode): NetworkDocument {
  const nodes = [
    node('input', 'input', { shape }),
    block,
    node('flat', 'flatten'),
    node('fc', 'linear', { outFeatures: 10 }),
    node('out', 'classifier'),
  ];
  // The dataset has to be opened, so its shape is unknown.
  const start = { ...emptyDocument, data: { ...emptyDocument.data, source: 'images/' } };
  return applyEdits(start, [
    ...nodes.map((added): Edit => ({ kind: 'addNode', node: added })),
    ...nodes.slice(1).map(({ id }, i): Edit => {
      const from = { node: (nodes[i] as DocumentNode).id, port: 'y' };
      return { kind: 'connect', from, to: { node: id, port: 'x' } };
    }),
  ]);
}

/** All blocks of networks.json, with the block and config that build them. */
const drawn: Readonly<Record<string, [type: string, config: Config]>> = {
  block_vgg: ['vggBlock', { convs: 2, channels: 128 }],
  block_nin: ['ninBlock', { channels: 256, kernelSize: 5, padding: 2 }],
  block_inception_v1: ['inception', {}],
  block_inception_v1_bn: ['inception', { batchNorm: true }],
  block_inception_3x3x2_wide: ['inception', { wide: 'twoThrees' }],
  block_inception_3x3x2_narrow: ['inception', { wide: 'twoThrees', between: 16 }],
  block_inception_v3_a: ['inceptionA', {}],
  block_inception_v3_b: ['inceptionB', {}],
  block_inception_v3_b_7x7: ['inceptionB', { apart: false }],
  block_inception_v3_c: ['inceptionC', {}],
  block_residual: ['residual', { channels: 64, bias: true }],
  block_residual_1x1: ['residual', { channels: 128, stride: 2, bias: true, projectionNorm: false }],
  block_plain: ['residual', { channels: 64, bias: true, shortcut: 'none' }],
  block_residual_tv: ['residual', { channels: 64 }],
  block_bottleneck: ['bottleneck', { width: 64 }],
  block_bottleneck_down: ['bottleneck', { width: 128, stride: 2 }],
  block_residual_256: ['residual', { channels: 256 }],
  block_preact: ['residual', { channels: 64, preActivation: true }],
  block_preact_down: ['residual', { channels: 128, stride: 2, preActivation: true }],
  block_dense: ['dense', { layers: 4, growth: 32, bias: true }],
};

const counts = ({ name, outputs, params, macs }: NodeReport) => ({ name, output: outputs.y, params, macs });

describe('blocks of networks.json', () => {
  it('are all covered', () => {
    const ids = references.filter(({ id }) => id.startsWith('block_')).map(({ id }) => id);
    expect(Object.keys(drawn).sort()).toEqual(ids.sort());
  });

  it.each(Object.entries(drawn))('%s', (id, [type, config]) => {
    const { input_shape, layers, totals } = references.find((reference) => reference.id === id) as Reference;
    const result = check(around(input_shape, node('b', type, config)));
    expect(result.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    const inside = leafReports(result).filter(({ name }) => name.startsWith('b/'));
    const names = inside.map((report) => ({ ...counts(report), name: report.name.slice(2).replaceAll('/', '.') }));
    const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);
    expect(names.sort(byName)).toEqual(
      layers.map(({ name, output_shape, params, macs }) => ({ name, output: output_shape, params, macs })).sort(byName),
    );
    expect(result.nodes.get('b')).toMatchObject({ params: totals.params, macs: totals.macs });
  });
});

describe.each(blocks)('block $type', (block) => {
  const doc = around([32, 16, 16], node('b', block.type, defaultConfig(block.config) as Config));

  it('has a title and help in both languages', () => {
    for (const words of [block.title, block.doc, block.summary(defaultConfig(block.config))]) {
      expect(words.en).not.toBe('');
      expect(words.zh).toMatch(/[\u4e00-\u9fff]|^[ -~×·→]+$/);
    }
  });

  it('has no problems with its defaults, and uses all its layers', () => {
    const result = check(doc);
    expect(result.diagnostics).toEqual([]);
    const inside = leafReports(result).filter(({ name }) => name.startsWith('b/'));
    expect(result.graph?.nodes.filter(({ node }) => node.name.startsWith('b/'))).toHaveLength(inside.length);
    const report = result.nodes.get('b');
    const sum = (key: 'params' | 'macs' | 'activationBytes') => inside.reduce((all, leaf) => all + leaf[key], 0);
    expect(report).toMatchObject({
      params: sum('params'),
      macs: sum('macs'),
      activationBytes: sum('activationBytes'),
    });
  });

  it('is laid out without overlapping nodes', () => {
    const places =
      check(doc)
        .nodes.get('b')
        ?.inside?.[0]?.body.nodes.map(({ position: { x, y } }) => ({ x, y })) ?? [];
    for (const [i, a] of places.entries())
      for (const b of places.slice(i + 1)) expect(Math.abs(a.x - b.x) >= 176 || Math.abs(a.y - b.y) >= 110).toBe(true);
  });
});

it('lists the layers of a block in data order, regardless of their order in the document', () => {
  for (const { document } of ['resnet18', 'googlenet_torchvision'].flatMap((id) => templateOf(id) ?? [])) {
    for (const report of check(document).nodes.values()) {
      for (const copy of report.inside ?? []) {
        const { drawing, nodes } = copy;
        const shuffled: NodeReport = { ...report, inside: [{ ...copy, nodes: new Map([...nodes].reverse()) }] };
        const listed = leafReports({ nodes: new Map([[report.id, shuffled]]) }).map(({ id }) => id.split('/')[1] ?? '');
        const place = (id: string) => listed.indexOf(id);
        const backwards = drawing.edges.filter(
          ({ from, to }) => place(from.node) >= 0 && place(to.node) >= 0 && place(from.node) > place(to.node),
        );
        expect(backwards).toEqual([]);
      }
    }
  }
});
