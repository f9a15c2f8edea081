import { describe, expect, it } from 'vitest';
import { templateOf } from '../../templates/index.ts';
import { check } from '../check/check.ts';
import type { CheckedGraph } from '../check/checkedGraph.ts';
import type { NetworkDocument } from '../graph/document.ts';
import { lookedAt } from './ends.ts';
import { imagesOf } from './images.ts';
import { mapsOf } from './maps.ts';
import { BINS, movedFrom, statisticsOf } from './statistics.ts';

const graphOf = (template: string): CheckedGraph =>
  check(templateOf(template)?.document as NetworkDocument).graph as CheckedGraph;
const limits = { maps: 8, side: 4, numbers: 1000 };

describe('statistics', () => {
  it('are computed from all values', () => {
    const numbers = Float32Array.of(-2, 0, 0, 1, 6);
    const { min, max, mean, std, zeros, broken, histogram, count } = statisticsOf(numbers);
    expect({ min, max, mean, zeros, broken, count }).toEqual({
      min: -2,
      max: 6,
      mean: 1,
      zeros: 0.4,
      broken: 0,
      count: 5,
    });
    expect(std).toBeCloseTo(Math.sqrt((9 + 1 + 1 + 0 + 25) / 5), 12);
    expect([histogram[0], histogram[BINS / 4], histogram[15], histogram[BINS - 1]]).toEqual([1, 2, 1, 1]);
    expect(histogram.reduce((a, b) => a + b, 0)).toBe(5);
  });

  it('exclude and count values that are not finite', () => {
    const { min, max, broken, mean } = statisticsOf(Float32Array.of(Number.NaN, 1, Number.POSITIVE_INFINITY, 3));
    expect({ min, max, broken, mean }).toEqual({ min: 1, max: 3, broken: 2, mean: 2 });
    expect(statisticsOf(Float32Array.of(Number.NaN))).toMatchObject({ count: 1, broken: 1, min: 0, max: 0 });
  });

  it('of equal values have one bar, and of millions use every k-th value', () => {
    expect([...statisticsOf(new Float32Array(7).fill(3)).histogram].filter((n) => n > 0)).toEqual([7]);
    const { every, histogram } = statisticsOf(new Float32Array(2_500_000));
    expect(every).toBe(3);
    expect(histogram.reduce((a, b) => a + b, 0)).toBe(Math.ceil(2_500_000 / 3));
  });

  it('give the relative distance of the weights from their initial values', () => {
    expect(movedFrom([3, 4], [3, 4])).toBe(0);
    expect(movedFrom([3, 4], [3, 9])).toBe(1);
    expect([movedFrom([0, 0], [1, 1]), movedFrom([1], [1, 1])]).toEqual([null, null]);
  });
});

describe('maps', () => {
  it('are channels of images, each with its own range', () => {
    const maps = mapsOf([2, 1, 3], Float32Array.of(0, 0, 0, -1, 2, 0), limits);
    expect(maps).toMatchObject({ count: 2, shown: 2, height: 1, width: 3, min: -1, max: 2 });
    expect([...maps.silent]).toEqual([1, 0]);
    expect([...maps.data]).toEqual([0, 0, 0, -1, 2, 0]);
  });

  it('are averaged if large, and limited in number', () => {
    const numbers = Float32Array.from({ length: 10 * 64 }, (_, i) => Math.floor(i / 64));
    const maps = mapsOf([10, 8, 8], numbers, limits);
    expect(maps).toMatchObject({ count: 10, shown: 8, height: 4, width: 4, min: 0, max: 9 });
    expect([...maps.data.subarray(5 * 16, 6 * 16)]).toEqual(Array(16).fill(5));
    // 3 cells into 2: the one in the middle belongs to both.
    expect([...mapsOf([1, 1, 3], Float32Array.of(0, 4, 8), { ...limits, side: 2 }).data]).toEqual([2, 6]);
  });

  it('of other outputs are a row of values or one image', () => {
    expect(mapsOf([3], Float32Array.of(1, 2, 3), limits)).toMatchObject({ count: 3, shown: 3, height: 1, width: 1 });
    expect(mapsOf([2, 3], new Float32Array(6), limits)).toMatchObject({ count: 1, height: 2, width: 3 });
    expect(mapsOf([2000], new Float32Array(2000), limits)).toMatchObject({ count: 2000, shown: 1000 });
  });
});

describe('the layer at a path', () => {
  it('is found by name, or is the output of a block', () => {
    const graph = graphOf('resnet18');
    const stage = lookedAt(graph, 'stage2');
    expect(stage?.layer).toBeNull();
    const next = graph.nodes.find(({ node }) => node.name.startsWith('stage3/'));
    expect(stage?.end.node.id).toBe(Object.values(next?.from ?? {})[0]?.node);
    expect(lookedAt(graph, stage?.end.node.name as string)?.layer).toBe(stage?.end);
    expect(lookedAt(graph, 'stage')).toBeNull();
  });
});

describe('weights as images', () => {
  it('are filters, or the weights of a unit for an input image', () => {
    const lenet = graphOf('lenet');
    const conv = lookedAt(lenet, 'conv2')?.layer ?? null;
    const weight = Float32Array.from({ length: 16 * 6 * 25 }, (_, i) => i);
    const images = conv && imagesOf(lenet, conv, 'weight', weight);
    expect(images).toMatchObject({ shape: [16, 6, 5, 5], shown: 16 });
    expect(images?.data).toEqual(weight);
    const fc = lookedAt(lenet, 'fc1')?.layer ?? null;
    expect(fc && imagesOf(lenet, fc, 'weight', new Float32Array(120 * 400))).toBeNull();
    expect(conv && imagesOf(lenet, conv, 'bias', new Float32Array(16))).toBeNull();

    const mlp = graphOf('mlp');
    const first = mlp.nodes.find(({ layer }) => layer.type === 'linear');
    const [units, inputs] = first?.params.weight?.shape ?? [];
    const seen = first && imagesOf(mlp, first, 'weight', new Float32Array((units ?? 0) * (inputs ?? 0)));
    expect(seen).toMatchObject({ shape: [units, 1, 28, 28], shown: 64 });
    expect(seen?.data.length).toBe(64 * 784);
  });
});
