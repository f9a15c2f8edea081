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
import { namesTold } from '../../state/run/followNames.ts';
import type { RunState } from '../../state/stores/runStore.ts';
import { useDocument, useRun } from '../../state/stores/stores.ts';
import { useDoctor } from './doctorStore.ts';

/** The first look at a run comes after so many steps and milliseconds, even in its first epoch. */
const STEPS = 30;
const FIRST = 2000;
/** Of the time of a run that goes on, looking may take this share. */
const SHARE = 0.05;

/** The run's document as it is trained by now: rates and batches may have been changed while it went on. */
function trainedDocument({ document, changes }: RunState): NetworkDocument | null {
  if (document === null) return null;
  const { root } = useDocument.getState();
  // Weights are called as the drawing calls its layers.
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

/** The losses since the rate is what it is: what an earlier one did is no sign of this one. */
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

type Drawing = Pick<NetworkDocument, 'nodes' | 'edges' | 'blocks'>;

const sameDrawn = (a: Drawing, b: Drawing): boolean =>
  a.nodes === b.nodes && a.edges === b.edges && a.blocks === b.blocks;

let checked: { readonly of: Drawing; readonly graph: CheckedGraph | null } | null = null;

/** The document's layers, looked at anew only when there are others: large networks take their time. */
function graphOf(document: NetworkDocument): CheckedGraph | null {
  const { root, rootCheck } = useDocument.getState();
  if (sameDrawn(document, root)) checked = { of: document, graph: rootCheck.graph };
  else if (checked === null || !sameDrawn(document, checked.of))
    checked = { of: document, graph: check(document).graph };
  return checked.graph === null ? null : { ...checked.graph, document };
}

async function askExamination(document: NetworkDocument): Promise<Examination | null> {
  if (useRun.getState().engine !== 'ready') return null;
  await namesTold();
  return engine.call('examine', { document });
}

/** Evidence of the last look. */
let present: Evidence | null = null;
/** The last trials, null while they are under way; the same candidates need no others. */
let last: { readonly key: string; trials: Trials | null } | null = null;

/** Findings by the trials of their repairs; asks the engine for those where there are none yet. */
function findingsOf(evidence: Evidence, run: string): readonly Finding[] {
  const suspected = diagnose(evidence);
  const candidates = planTrials(evidence, suspected);
  if (candidates.length === 0) return suspected;
  const trials = candidates.map(({ document, from }) => ({ document, from }));
  // While a run goes on its repairs are tried once, and again from the weights that it ends with.
  const goesOn = hasEnded(evidence.run.state) && trials.some(({ from }) => from === 'held');
  const key = JSON.stringify([run, trials, goesOn]);
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

/** Looks at the present run: asks the engine to examine network and data, then says what it finds. */
export async function examineRun(): Promise<void> {
  const before = useRun.getState();
  const document = trainedDocument(before);
  if (before.run === null || document === null || before.step === 0 || useDoctor.getState().examining) return;
  useDoctor.setState({ examining: true });
  try {
    const examination = await askExamination(document).catch((error: unknown) => {
      // The run's own curves still say something.
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

/** Looks after epochs, as often as its share of the time allows, and when the run ends. */
export function followDoctor(): void {
  let next = 0;
  let begun = 0;
  let again = false;

  async function look(ended: boolean): Promise<void> {
    if (useDoctor.getState().examining) {
      // An end that comes meanwhile is looked at afterwards.
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
    // An epoch may take hours.
    const stepped = now.step > before.step && now.step >= STEPS && performance.now() > begun + FIRST;
    if (ended || now.epoch > before.epoch || stepped) look(ended).catch(console.error);
  });
}
