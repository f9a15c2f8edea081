import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { families, starters, templateOf, templates } from '../../templates/index.ts';
import { check } from '../check/check.ts';
import type { NodeReport } from '../check/checkedGraph.ts';
import { leafReports } from '../check/leafReports.ts';
import { knownFacts } from '../data/known.ts';
import { documentSchema } from '../graph/document.ts';

interface Layer {
  readonly name: string;
  readonly type: string;
  readonly output_shape: readonly number[];
  readonly params: number;
  readonly buffers: number;
  readonly macs: number;
}
interface Network {
  readonly id: string;
  readonly input_shape: readonly number[];
  readonly output_shape: readonly number[];
  readonly totals: { readonly params: number; readonly buffers: number; readonly macs: number };
  readonly layers: readonly Layer[];
}

const file = new URL('../../testdata/networks.json', import.meta.url);
const { networks } = JSON.parse(readFileSync(file, 'utf8')) as { networks: Network[] };
const whole = networks.filter(({ id }) => !id.startsWith('block_'));

/**
 * Where a layer of the file is drawn otherwise. Its paths are ours with a dot between levels.
 * - The sign of the perceptron and the last sigmoid of the XOR network are what a BinaryClassifier does to its score.
 * - DenseNet-121 calls the norm of a transition `norm`, that of “Dive into Deep Learning” calls it `bn`, as we do.
 */
const ours = ({ id }: Network, { name }: Layer): string => {
  if (id === 'densenet121') return name.replace(/^(trans\d)\.norm$/, '$1.bn');
  return name;
};

/** Reports of layers and blocks by path. */
function byPath(reports: Iterable<NodeReport>, prefix = ''): Map<string, NodeReport> {
  const found = new Map<string, NodeReport>();
  for (const report of reports) {
    const path = `${prefix}${report.name}`;
    found.set(path, report);
    for (const { nodes } of report.inside ?? []) {
      for (const [inner, value] of byPath(nodes.values(), `${path}.`)) found.set(inner, value);
    }
  }
  return found;
}

it('has a template for every network of networks.json', () => {
  expect(templates.map(({ id }) => id)).toEqual(expect.arrayContaining(whole.map(({ id }) => id)));
  for (const { id } of starters) expect(templateOf(id)).toBeDefined();
});

describe.each(whole)('template $id', (network) => {
  const template = templateOf(network.id);
  if (template === undefined) throw new Error(`no template '${network.id}'`);
  const { document } = template;
  const result = check(document);

  it('is valid, and its dataset fits if it is known', () => {
    // A missing dataset is the only allowed problem.
    const codes = result.diagnostics.filter(({ severity }) => severity !== 'hint').map(({ code }) => code);
    expect(codes).toEqual(knownFacts(document.data.source) === null ? ['data-missing'] : []);
    expect(documentSchema.parse(JSON.parse(JSON.stringify(document)))).toEqual(document);
    if (knownFacts(document.data.source) === null)
      expect(document.data.source).toMatch(/^(fashion-mnist|imagenet|cifar10|hotdog)$/);
  });

  it('has the layers, shapes, parameters and MACs of the reference', () => {
    const reports = byPath(result.nodes.values());
    const drawn = network.layers.map((layer) => {
      const report = reports.get(ours(network, layer));
      const shape = report && (report.outputs.y ?? Object.values(report.inputs)[0]);
      return { name: layer.name, output_shape: shape, params: report?.params, macs: report?.macs };
    });
    expect(drawn).toEqual(
      network.layers.map(({ name, output_shape, params, macs }) => ({ name, output_shape, params, macs })),
    );
    expect(result.totals).toMatchObject({ params: network.totals.params, macs: network.totals.macs });
    const buffers = result.graph?.nodes.flatMap((node) => Object.values(node.buffers).map(({ shape }) => shape));
    expect(buffers?.reduce((sum, shape) => sum + shape.reduce((a, b) => a * b, 1), 0)).toBe(network.totals.buffers);
  });

  it('has no other layers except input and output', () => {
    const known = new Set(network.layers.map((layer) => ours(network, layer)));
    const paths = leafReports(result).map(({ name }) => name.replaceAll('/', '.'));
    // A zero-padded shortcut is one layer in the file and a block of four layers here.
    const others = paths.filter(
      (path) => !known.has(path) && !known.has(path.replace(/\.shortcut\.\w+$/, '.shortcut')),
    );
    expect(others).toEqual(
      result.graph?.nodes.map(({ node }) => node.name).filter((name) => /^(input|classes|prediction)$/.test(name)),
    );
  });

  it('has a description in both languages', () => {
    for (const { en, zh } of [template.title, template.description]) {
      expect(en.length).toBeGreaterThan(2);
      expect(zh.length).toBeGreaterThan(2);
    }
    expect(template.description.zh).toMatch(/[\u4e00-\u9fff]/);
    expect(families).toContain(template.family);
  });

  it('has a layout without overlapping cards', () => {
    const places = document.nodes.map(({ position }) => position);
    for (const [i, a] of places.entries()) {
      for (const b of places.slice(i + 1)) expect(Math.abs(a.x - b.x) >= 200 || Math.abs(a.y - b.y) >= 100).toBe(true);
    }
  });
});

it('is created on first use, and only once', () => {
  const [first] = templates;
  expect(first?.document).toBe(first?.document);
});
