import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { create, toBinary } from '@bufbuild/protobuf';
import { afterAll, expect, it } from 'vitest';
import { templates } from '../../../../templates/index.ts';
import { check } from '../../../check/check.ts';
import { type ModelProto, ModelProtoSchema } from '../../../onnx/gen/onnx_pb.ts';
import { decodeModel } from '../../../onnx/read.ts';
import { exportModel } from '../../exporter.ts';
import { CPU_DEVICE } from '../../session.ts';
import { sameWeights } from '../../weights.ts';
import { importModel } from '../importModel.ts';
import { graphIn, layersOf, trainedWeights } from './layers.ts';

const folder = await mkdtemp(join(tmpdir(), 'netloom-templates-'));
afterAll(() => rm(folder, { recursive: true }));

/**
 * Layers without what a model does not hold: the loss, dropout, and the rounding of a pooling whose windows fit exactly. The type of an
 * output layer follows from its last layer.
 */
const inModel = (layers: ReturnType<typeof layersOf>) =>
  layers
    .filter(({ layer }) => layer !== 'dropout')
    .map((each, i, { length }) => (i === length - 1 ? {} : { ...each, config: { ...each.config, ceilMode: null } }));

it.each(templates.map(({ id, document }) => [id, document] as const))(
  '%s',
  { timeout: 600_000 },
  async (_, document) => {
    const graph = graphIn(document);
    const weights = trainedWeights(graph);
    const { model } = await exportModel({ graph, weights, data: null, device: CPU_DEVICE });
    const path = join(folder, 'model.onnx');

    await writeFile(path, model);
    const own = await importModel(path);
    expect(own.document).toEqual(document);
    expect(sameWeights(own.weights, weights)).toBe(true);
    expect(check(own.document).diagnostics).toEqual(check(document).diagnostics);

    const bare = create(ModelProtoSchema, { ...(decodeModel(model) as ModelProto), metadataProps: [] });
    await writeFile(path, toBinary(ModelProtoSchema, bare));
    const recognized = await importModel(path);
    expect(recognized.report.restored).toBeNull();
    expect(recognized.report.kept).toEqual([]);
    const [before, after] = [layersOf(graph, weights), layersOf(graphIn(recognized.document), recognized.weights)];
    expect(inModel(after)).toEqual(inModel(before));
    const { maxError, largest } = recognized.report.proof ?? { maxError: Number.NaN, largest: 0 };
    expect(maxError / Math.max(1, largest)).toBeLessThan(1e-5);
  },
);
