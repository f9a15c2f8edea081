import { initialParameters } from '../../compile/initialize.ts';
import type { Dataset } from '../../data/dataset.ts';
import { diagnose } from '../../doctor/diagnose.ts';
import type { Evidence, RunEvidence } from '../../doctor/evidence.ts';
import type { Code, Finding } from '../../doctor/finding.ts';
import { planTrials } from '../../doctor/plan.ts';
import { trialsOf } from '../../doctor/repairTrials.ts';
import type { NetworkDocument } from '../../graph/document.ts';
import type { RunEvent } from '../../protocol/runEvents.ts';
import { directFeed } from '../batchFeed.ts';
import { examine } from '../examine.ts';
import { checkedGraph } from '../network.ts';
import { tryRepairs } from '../repairTrials.ts';
import { CPU_DEVICE, type Tensors } from '../session.ts';
import { Trainer } from '../trainer.ts';

/** A network with its training settings and a dataset. */
export interface Patient {
  readonly document: NetworkDocument;
  readonly data: Dataset;
  /** Changes the initial weights if they are the fault. */
  readonly weights?: (initial: Tensors) => Tensors;
}

export interface Case extends Patient {
  readonly name: string;
  /** Expected code; null for a healthy run. */
  readonly code: Code | null;
  /** A further code that is also correct. */
  readonly also?: Code;
}

/** A finished run with its evidence and final weights. */
export interface TrialRun {
  readonly evidence: Evidence;
  readonly weights: Tensors;
}

/** Trains to the end and examines the result, like the app. */
export async function train({ document, data, weights }: Patient): Promise<TrialRun> {
  const graph = checkedGraph(document);
  const events: RunEvent[] = [];
  const initial = initialParameters(graph, document.recipe.seed);
  let held: Tensors = weights?.(initial) ?? initial;
  const trainer = new Trainer({
    run: 'patient',
    document,
    device: CPU_DEVICE,
    paused: false,
    openFeed: directFeed,
    emit: (event) => events.push(event),
    onWeights: (latest) => {
      held = latest;
    },
    load: async () => ({ graph, weights: held, data }),
  });
  const state = await trainer.train();
  const examination = await examine({ graph, data, weights: held, device: CPU_DEVICE });
  return { evidence: { graph, run: { ...runOf(events), state }, examination }, weights: held };
}

/** Trains, diagnoses, tries repairs and diagnoses again, like the app. */
export async function diagnosed(patient: Patient): Promise<TrialRun & { readonly findings: readonly Finding[] }> {
  const treated = await train(patient);
  const { evidence, weights } = treated;
  const suspected = diagnose(evidence);
  const candidates = planTrials(evidence, suspected);
  if (candidates.length === 0) return { ...treated, findings: suspected };
  const { signal } = new AbortController();
  const trials = candidates.map(({ document, from }) => ({ document, from }));
  const rest = async () => {};
  const options = { trials, data: patient.data, held: weights, device: CPU_DEVICE, signal, rest };
  const tried = { ...evidence, trials: trialsOf(candidates, await tryRepairs(options)) };
  return { evidence: tried, weights, findings: diagnose(tried) };
}

function runOf(events: readonly RunEvent[]): RunEvidence {
  const steps = events.filter((event) => event.kind === 'progress');
  const last = events.findLast((event) => event.kind === 'run');
  return {
    state: last?.state ?? 'failed',
    message: last?.message ?? null,
    step: last?.step ?? 0,
    history: events.filter((event) => event.kind === 'epoch'),
    curve: {
      step: steps.flatMap(({ step }) => [...step]),
      loss: steps.flatMap(({ loss }) => [...loss]),
    },
  };
}
