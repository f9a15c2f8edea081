import { costOf } from '../../compile/footprint.ts';
import { splitOf } from '../../data/split.ts';
import type { NetworkDocument } from '../../graph/document.ts';
import type { deviceCalls } from '../../protocol/device.ts';
import type { doctorCalls } from '../../protocol/doctor.ts';
import type { exportCalls } from '../../protocol/exported.ts';
import type { LookArgs, lookCalls } from '../../protocol/look.ts';
import type { resultCalls } from '../../protocol/results.ts';
import type { sampleCalls } from '../../protocol/samples.ts';
import type { CheckpointRef } from '../../runs/record.ts';
import { type Text, UserError } from '../../text.ts';
import { Evaluator } from '../evaluator.ts';
import { examine } from '../examine.ts';
import { ExportJob } from '../exportJob.ts';
import { previewExport } from '../exportPreview.ts';
import { exportAs } from '../exports.ts';
import { failureText } from '../failure.ts';
import type { HeldWeights } from '../heldWeights.ts';
import type { LookedData } from '../look.ts';
import { checkedGraph, samplesFor } from '../network.ts';
import type { Networks } from '../networks.ts';
import { probeProviders } from '../providers.ts';
import { ResultsOf } from '../results.ts';
import { kept, type RunLibrary } from '../runs/runLibrary.ts';
import type { Runs } from '../runs/runs.ts';
import { givenSamples } from '../samples.ts';
import { trainingTarget } from '../selfCheck.ts';
import type { HandlersOf } from '../server.ts';
import type { Device } from '../session.ts';
import { TestCounts } from '../testCounts.ts';
import { allWeightFacts } from '../weightFacts.ts';

export interface Parts {
  /** The script of the thread that describes datasets. */
  readonly describing: string;
  readonly device: Device;
  readonly networks: Networks;
  readonly held: HeldWeights;
  readonly runs: Runs;
  /** Null if runs are not kept. */
  readonly library: RunLibrary | null;
}

/** Handlers of calls about a document with the current weights or those of a checkpoint. */
export function networkHandlers({
  device,
  networks,
  held,
  runs,
  library,
}: Parts): HandlersOf<
  typeof resultCalls &
    typeof lookCalls &
    typeof sampleCalls &
    Pick<typeof doctorCalls, 'examine'> &
    typeof exportCalls &
    typeof deviceCalls
> {
  const resultsOf = new ResultsOf(device);
  const tests = new TestCounts(library);
  const exports = new ExportJob();

  /** The network with the weights that an export takes. */
  async function exported(document: NetworkDocument, at: CheckpointRef | undefined) {
    const graph = checkedGraph(document);
    const from = at === undefined ? held.finite(runs) : await held.at(at);
    const { weights, missing: initial } = held.fitting(document, from);
    return { graph, weights, initial };
  }

  /** Weights can be shown even without samples for the network. */
  async function lookedData({
    document,
    sample,
  }: LookArgs): Promise<{ data: LookedData | null; problem: Text | null }> {
    if (sample?.kind !== 'validation') return { data: null, problem: null };
    const { looker } = networks.of(document);
    try {
      return { data: looker.dataOf(await networks.dataset(document), document.data), problem: null };
    } catch (error) {
      return { data: null, problem: failureText(error) };
    }
  }

  return {
    async predict({ document, input, at }) {
      const { weights, missing } = await held.of(document, at);
      const predictor = await networks.of(document).predictor();
      const outputs = await predictor.predict(Float32Array.from(input), weights);
      return { outputs, trained: missing.length === 0 };
    },

    async evaluate({ document, at }) {
      const graph = checkedGraph(document);
      const data = await networks.dataset(document);
      const samples = samplesFor(graph, data);
      const evaluator = await Evaluator.open(graph, device);
      const { validation } = splitOf(data, document.data);
      const { weights } = await held.of(document, at);
      const evaluation = await evaluator.evaluate(samples, validation, weights);
      await evaluator.release();
      return evaluation;
    },

    async evaluateTest({ document, at }) {
      const graph = checkedGraph(document);
      const data = await networks.dataset(document);
      const { test } = splitOf(data, document.data);
      if (test.length === 0) throw noTestSet(data.name);
      const samples = samplesFor(graph, data);
      const made = await held.made(runs.checkpoint(), at);
      const { weights } = await held.of(document, at);
      const evaluator = await Evaluator.open(graph, device);
      const evaluation = await evaluator.evaluate(samples, test, weights).finally(() => evaluator.release());
      const asked = await tests.count(made?.run ?? null, document);
      return { evaluation, samples: test.length, asked, made };
    },

    async results({ document, at }) {
      const { graph } = networks.of(document);
      const data = await networks.dataset(document);
      const samples = samplesFor(graph, data);
      const { validation: indices } = splitOf(data, document.data);
      const made = await held.made(runs.checkpoint(), at);
      // Checkpoints are read again every time, so the mark is their name.
      const mark = at === undefined ? held.now : `${at.run} ${at.step}`;
      const { weights, missing } = await held.of(document, at);
      const results = await resultsOf.get({ graph, samples, indices, weights, mark });
      return { ...results, made, trained: missing.length === 0 };
    },

    async look(args) {
      const { looker } = networks.of(args.document);
      const { weights, missing } = await held.of(args.document, args.at);
      const { data, problem } = await lookedData(args);
      const start = args.start === undefined ? null : await held.start(args.start);
      const looked = await looker.look(args, weights, start, data);
      return { ...looked, problem, trained: missing.length === 0 };
    },

    async tensors({ document, at, start }) {
      const { graph } = networks.of(document);
      const { weights, missing } = await held.of(document, at);
      const compared = start === undefined ? null : await held.start(start);
      return { tensors: await allWeightFacts(graph, weights, compared), trained: missing.length === 0 };
    },

    async samples({ document, of, indices: places }) {
      const { dataset: data, decoding } = await networks.early(document);
      const part = of === 'all' ? null : splitOf(data, document.data).validation;
      const indices = Uint32Array.from(places, (index) => (part === null ? index : (part[index] ?? data.count)));
      await decoding?.images(indices.filter((index) => index < data.count));
      return { total: part?.length ?? data.count, ...givenSamples(data, indices) };
    },

    async examine({ document, at }) {
      const { graph } = networks.of(document);
      const data = await networks.dataset(document);
      const { weights, missing } = await held.of(document, at);
      return examine({ graph, data, weights: missing.length === 0 ? weights : null, device });
    },

    async export({ document, at, fileName, ...choices }) {
      return exports.run(async (begin) => {
        await begin('data');
        const { graph, weights, initial } = await exported(document, at);
        const data = await networks.dataset(document).catch(failureText);
        const { dataSha256 } = (at === undefined ? runs.checkpoint() : await kept(library).checkpoint(at)) ?? {};
        const { files, report } = await exportAs({
          ...{ graph, weights, initial, data, device, dataSha256 },
          ...{ choices, fileName, begin },
        });
        return { files: files.map(({ path, parts }) => ({ path, parts: [...parts] })), report };
      });
    },

    exportProgress: () => ({ part: exports.part }),

    cancelExport() {
      exports.cancel();
      return {};
    },

    async previewExport({ document, at, ...choices }) {
      const { graph, weights } = await exported(document, at);
      const data = await networks.early(document).then(
        ({ dataset }) => dataset,
        () => null,
      );
      return previewExport({ graph, weights, data, choices });
    },

    async analyze({ document, batch }) {
      return costOf(checkedGraph(document), batch, await trainingTarget(device));
    },

    async providers() {
      return { providers: await probeProviders() };
    },
  };
}

const noTestSet = (name: string) =>
  new UserError({
    en: `“${name}” has no test set. Give it a share of the split in the Data workspace, before training.`,
    zh: `“${name}”没有测试集。请在训练之前，在“数据”工作区的划分中为测试集留出比例。`,
  });
