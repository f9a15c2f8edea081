import { check } from '../../../src/check/check.ts';
import type { CheckedGraph } from '../../../src/check/checkedGraph.ts';
import { sameNetwork } from '../../../src/check/sameNetwork.ts';
import { diagnose } from '../../../src/doctor/diagnose.ts';
import type { Evidence, RunEvidence } from '../../../src/doctor/evidence.ts';
import type { Examination } from '../../../src/doctor/examination.ts';
import type { Finding } from '../../../src/doctor/finding.ts';
import { planTrials } from '../../../src/doctor/plan.ts';
import { type Trials, trialsOf } from '../../../src/doctor/repairTrials.ts';
import type { NetworkDocument } from '../../../src/graph/document.ts';
import { engine } from '../../state/desktop/engine.ts';
import { namesSent } from '../../state/run/followNames.ts';
import type { RunState } from '../../state/stores/runStore.ts';
import { useDocument, useRun } from '../../state/stores/stores.ts';
import { useDoctor } from './doctorStore.ts';

/** Steps and milliseconds before the first examination of a run. It may come within the first epoch. */
const STEPS = 30;
const FIRST = 2000;
/** Max share of the training time for examinations. */
const SHARE = 0.05;

/** Document of the run with the changes made during the run, such as learning rate and batch size. */
function trainedDocument({ document, changes }: RunState): NetworkDocument | null {
  if (document === null) return null;
  const { root } = useDocument.getState();
  // Weights have the layer names on the canvas.
  const drawn = sameNetwork(document, root) ? root : document;
  let { recipe } = document;
  for (const { learningRate, batchSize, epochs } of changes) {
    const optimizer = learningRate ? { ...recipe.optimizer, learningRate: learningRate.to } : recipe.optimizer;
    recipe = {
      ...recipe,
      optimizer,
      batchSize: batchSize?.to ?? recipe.batchSize,
      epochs: epochs?.to ?? recipe.epochs,
    };
  }
  return { ...drawn, recipe, data: document.data };
}

/** Losses since the last change of the learning rate. Earlier losses say nothing about the current rate. */
function lossesOf({ curves, changes }: RunState): RunEvidence['curve'] {
  const [step, loss] = [curves.column('step'), curves.column('loss')];
  const since = changes.findLast(({ learningRate }) => learningRate !== undefined)?.step ?? 0;
  const found = step.findIndex((at) => at > since);
  const from = found === -1 ? step.length : found;
  return { step: step.subarray(from), loss: loss.subarray(from) };
}

function evidenceOf(now: RunState): RunEvidence {
  const { state, message, step, history } = now;
  return {
    state,
    message: message !== null && 'en' in message ? message : null,
    step,
    history,
    curve: lossesOf(now),
  };
}

type Structure = Pick<NetworkDocument, 'nodes' | 'edges' | 'blocks'>;

const sameStructure = (a: Structure, b: Structure): boolean =>
  a.nodes === b.nodes && a.edges === b.edges && a.blocks === b.blocks;

let checked: { readonly of: Structure; readonly graph: CheckedGraph | null } | null = null;

/** Checked graph of the document, cached for the last document because large networks take a while to check. */
function graphOf(document: NetworkDocument): CheckedGraph | null {
  const { root, rootCheck } = useDocument.getState();
  if (sameStructure(document, root)) checked = { of: document, graph: rootCheck.graph };
  else if (checked === null || !sameStructure(document, checked.of))
    checked = { of: document, graph: check(document).graph };
  return checked.graph === null ? null : { ...checked.graph, document };
}

async function askExamination(document: NetworkDocument): Promise<Examination | null> {
  if (useRun.getState().engine !== 'ready') return null;
  await namesSent();
  return engine.call('examine', { document });
}

/** Evidence of the latest examination. */
let present: Evidence | null = null;
/** Latest trials; `trials` is null while they are in progress. The same candidates are not tried again. */
let last: { readonly key: string; trials: Trials | null } | null = null;

/** Findings ranked by the trials of their fixes. Missing trials are requested from the engine. */
function findingsOf(evidence: Evidence, run: string): readonly Finding[] {
  const suspected = diagnose(evidence);
  const candidates = planTrials(evidence, suspected);
  if (candidates.length === 0) return suspected;
  const trials = candidates.map(({ document, from }) => ({ document, from }));
  // Fixes are tried once during a run, and again from its final weights.
  const isFinal = hasEnded(evidence.run.state) && trials.some(({ from }) => from === 'held');
  const key = JSON.stringify([run, trials, isFinal]);
  if (last?.key === key) return last.trials === null ? suspected : diagnose({ ...evidence, trials: last.trials });
  const asked: typeof last = { key, trials: null };
  last = asked;
  useDoctor.setState({ trying: candidates.filter(({ repair }) => repair !== null).length });
  engine
    .call('tryRepairs', { trials })
    .then((tried) => {
      if (last !== asked || present === null) return;
      asked.trials = trialsOf(candidates, tried);
      useDoctor.setState({ findings: diagnose({ ...present, trials: asked.trials }) });
    })
    .catch(console.warn)
    .finally(() => {
      if (last === asked) useDoctor.setState({ trying: 0 });
    });
  return suspected;
}

/** Examines the current run: asks the engine for evidence and updates the findings. */
export async function examineRun(): Promise<void> {
  const before = useRun.getState();
  const document = trainedDocument(before);
  if (before.run === null || document === null || before.step === 0 || useDoctor.getState().examining) return;
  useDoctor.setState({ examining: true });
  try {
    const examination = await askExamination(document).catch((error: unknown) => {
      // The curves of the run alone still give findings.
      console.warn(error);
      return null;
    });
    const now = useRun.getState();
    const graph = graphOf(document);
    if (now.run !== before.run || graph === null) return;
    present = { graph, run: evidenceOf(now), examination };
    const findings = findingsOf(present, before.run);
    const { step, epoch } = now;
    useDoctor.setState({ findings, look: { run: before.run, step, epoch, graph, examination } });
  } finally {
    useDoctor.setState({ examining: false });
  }
}

const hasEnded = (state: string): boolean => state === 'failed' || state === 'done' || state === 'stopped';

/** Examines the run after epochs, as often as SHARE allows, and at the end of the run. */
export function followDoctor(): void {
  let next = 0;
  let begun = 0;
  let again = false;

  async function look(ended: boolean): Promise<void> {
    if (useDoctor.getState().examining) {
      // If the run ends during an examination, another one follows.
      again ||= ended;
      return;
    }
    if (!ended && performance.now() < next) return;
    const started = performance.now();
    await examineRun();
    next = performance.now() + (performance.now() - started) / SHARE;
    if (!again) return;
    again = false;
    await look(true);
  }

  useRun.subscribe((now, before) => {
    if (now.run !== before.run) {
      next = 0;
      begun = performance.now();
      again = false;
      last = null;
      useDoctor.setState({ look: null, findings: [], dismissed: [], trying: 0 });
      return;
    }
    const ended = hasEnded(now.state) && !hasEnded(before.state);
    // An epoch may take hours, so the first examination does not wait for its end.
    const stepped = now.step > before.step && now.step >= STEPS && performance.now() > begun + FIRST;
    if (ended || now.epoch > before.epoch || stepped) look(ended).catch(console.error);
  });
}
