import type { CheckedGraph } from '../check/checkedGraph.ts';
import type { Samples } from '../data/batches.ts';
import { type Calibration, calibrationOf } from '../metrics/calibration.ts';
import { type Answers, PredictionLog } from '../metrics/predictionLog.ts';
import type { OutputEvaluation, OutputResults, Results } from '../protocol/results.ts';
import { type BatchListener, Evaluator } from './evaluator.ts';
import type { Device, Tensors } from './session.ts';

/** The inputs on which the results of a network depend. */
export interface ResultsRequest {
  readonly graph: CheckedGraph;
  readonly samples: Samples;
  readonly indices: Uint32Array;
  readonly weights: Tensors;
  /** Identifies the weights: equal marks mean equal results. */
  readonly mark: unknown;
}

type MeasuredResults = Pick<Results, 'loss' | 'outputs' | 'indices' | 'took'>;

/** Caches the results of the last network. Its session stays open, and equal requests are computed once. */
export class ResultsOf {
  readonly #device: Device;
  #open: { readonly graph: CheckedGraph; readonly evaluator: Promise<Evaluator> } | null = null;
  #last: { readonly graph: CheckedGraph; readonly mark: unknown; readonly results: MeasuredResults } | null = null;

  constructor(device: Device) {
    this.#device = device;
  }

  async get({ graph, samples, indices, weights, mark }: ResultsRequest): Promise<MeasuredResults> {
    if (this.#last?.graph === graph && this.#last.mark === mark) return this.#last.results;
    const start = performance.now();
    const results = await measured(await this.#evaluatorOf(graph), samples, indices, weights);
    this.#last = { graph, mark, results: { ...results, took: performance.now() - start } };
    return this.#last.results;
  }

  #evaluatorOf(graph: CheckedGraph): Promise<Evaluator> {
    if (this.#open?.graph === graph) return this.#open.evaluator;
    this.#open?.evaluator.then((old) => old.release()).catch(() => {});
    const evaluator = Evaluator.open(graph, this.#device);
    this.#open = { graph, evaluator };
    return evaluator;
  }
}

async function measured(
  evaluator: Evaluator,
  samples: Samples,
  indices: Uint32Array,
  weights: Tensors,
): Promise<Omit<MeasuredResults, 'took'>> {
  const logs: PredictionLog[] = [];
  const witness: BatchListener = (output, answers, prediction, { data }, size) => {
    const width = answers === 'class' ? 1 : prediction.length / size;
    const log = logs[output] ?? new PredictionLog(answers, indices.length, width);
    logs[output] = log;
    if (answers === 'class') log.addLogits(prediction, data as BigInt64Array, prediction.length / size);
    else if (answers === 'binary') log.addBinary(prediction, data as Float32Array);
    else log.addNumbers(prediction, data as Float32Array);
  };
  const { loss, outputs } = await evaluator.evaluate(samples, indices, weights, witness);
  return {
    loss,
    indices: new Uint32Array(indices),
    outputs: outputs.map((output, i) => withAnswers(output, logs[i]?.answers)),
  };
}

const none = new PredictionLog('numbers', 0, 1).answers;

function withAnswers(output: OutputEvaluation, answers: Answers = none): OutputResults {
  return { ...output, ...answers, calibration: output.answers === 'numbers' ? null : plain(calibration(answers)) };
}

const calibration = ({ probability, predicted, truth }: Answers): Calibration =>
  calibrationOf(probability, (i) => predicted[i] === truth[i]);

const plain = ({ bins, ...rest }: Calibration) => ({ ...rest, bins: [...bins] });
