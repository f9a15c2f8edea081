import type { CheckedGraph } from '../check/checkedGraph.ts';
import { withRoundedWeights } from '../compile/halfWeights.ts';
import { type InputPreprocessing, preparedName, preprocessingProgram } from '../compile/preprocessing.ts';
import type { Dataset } from '../data/dataset.ts';
import type { Program } from '../ir/program.ts';
import type { Tensor } from '../ir/tensor.ts';
import { portableAt } from '../onnx/opset.ts';
import { type ExportInput, placesOf, sampleBatch } from './exportSamples.ts';
import type { NetworkEvaluation } from './networkEvaluation.ts';
import { PixelProof } from './pixelProof.ts';
import { type ExpectedPredictions, largestDifference, type ModelOpening, prove, valuesOf } from './proof.ts';
import { randomRawBatch, rawBatch } from './rawSamples.ts';
import type { Tensors } from './session.ts';

/** An export whose file computes more than the network, or with rounded weights. */
interface Variant {
  readonly graph: CheckedGraph;
  readonly data: Dataset | null;
  readonly inputs: readonly ExportInput[];
  readonly preprocessing: InputPreprocessing | null;
  /** The network alone. */
  readonly program: Program;
  readonly opset: number;
  readonly float16: boolean;
  /** Batch sizes at which exports are compared. */
  readonly sizes: readonly number[];
  readonly network: NetworkEvaluation;
  /** Opens another program of this export. */
  readonly open: (program: Program) => ReturnType<ModelOpening>;
}

/** Verification of a variant, step by step: each part is compared with the same part of Netloom. */
export interface VariantProof {
  /** Largest difference between the file and Netloom, with its own preprocessing and float32 weights. */
  readonly maxError: number;
  readonly batches: number[];
  /** Largest difference between pixels prepared by the file and by Netloom, of 255; null without preprocessing of images. */
  readonly pixelError: number | null;
  /** Largest difference that the rounding of weights makes; null without. */
  readonly float16Error: number | null;
}

export interface OpenVariant {
  /** A batch for the test vector: samples `places`, or random ones. Image files are a batch of one. */
  vector(places: Uint32Array | null): Promise<Tensors>;
  /** Outputs that the file should have for a batch. */
  reference(batch: Tensors): Promise<Tensors>;
  /** Throws UserError if the file differs from its parts, or its preprocessing from that of Netloom. */
  prove(open: ModelOpening): Promise<VariantProof>;
  release(): Promise<void>;
}

/** Image files differ in size, so that each is a batch of its own. */
const FILE_BATCHES = 8;

/** Opens the parts of a variant: its preprocessing, and the network with the weights of the file. */
export async function openVariant(variant: Variant): Promise<OpenVariant> {
  const { graph, data, inputs, preprocessing, program, opset, float16, sizes, network, open } = variant;
  const target = portableAt(opset);
  const readsFiles = [...(preprocessing?.values() ?? [])].some((each) => each.kind === 'image' && each.fit !== null);
  const preparation = preprocessing && (await open(preprocessingProgram(program, preprocessing, target)));
  const rounded = await open(float16 ? withRoundedWeights(program, target) : program);

  const prepared = async (batch: Tensors): Promise<Tensors> => {
    if (preparation === null) return batch;
    const results = await preparation.run(batch);
    return new Map(inputs.map(({ name }) => [name, results.get(preparedName(name)) as Tensor]));
  };
  const own = (size: number, places: Uint32Array | null) => sampleBatch(inputs, data?.count ?? 0, size, places);
  const raw = async (batch: Tensors, places: Uint32Array | null): Promise<Tensors> =>
    preprocessing === null || data === null || places === null
      ? batch
      : rawBatch(graph, data, inputs, preprocessing, places, batch);

  return {
    async vector(places) {
      const used = readsFiles ? (places?.subarray(0, 1) ?? null) : places;
      const size = used?.length ?? (readsFiles ? 1 : 2);
      if (preprocessing !== null && used === null) return randomRawBatch(inputs, preprocessing, size);
      return raw(own(size, used), used);
    },
    reference: async (batch) => rounded.run(await prepared(batch)),
    async prove(openFile) {
      const pixels = new PixelProof(preprocessing);
      const expected: ExpectedPredictions[] = [];
      const netloom: Tensors[] = [];
      let float16Error = 0;
      const batches = readsFiles ? Array.from({ length: FILE_BATCHES }, () => 1) : sizes;
      for (const [at, size] of batches.entries()) {
        const places = data === null ? null : placesOf(graph, data, size, readsFiles ? at : 0);
        const batch = own(size, places);
        const feeds = await raw(batch, places);
        const made = await prepared(feeds);
        pixels.compare(made, batch);
        const predictions = await network.run(batch, size);
        if (float16) float16Error = Math.max(float16Error, largestDifference(await rounded.run(batch), predictions));
        expected.push({ feeds, predictions: await rounded.run(made) });
        netloom.push(predictions);
      }
      await prove(openFile, expected, valuesOf(graph));
      const file = await openFile('stock');
      let maxError = 0;
      for (const [at, { feeds }] of expected.entries()) {
        maxError = Math.max(maxError, largestDifference(await file.run(feeds), netloom[at] as Tensors));
      }
      await file.release();
      return {
        maxError,
        batches: [...new Set(batches)],
        pixelError: pixels.result(),
        float16Error: float16 ? float16Error : null,
      };
    },
    async release() {
      await preparation?.release();
      await rounded.release();
    },
  };
}
