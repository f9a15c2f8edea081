import type { RunMoment } from '../../src/runs/record.ts';
import { askEngine, EngineRefusal, tellEngine } from '../desktop/engine.ts';
import { useRun, useUi } from '../stores/stores.ts';
import { readKept } from './keptStore.ts';
import { useMoment } from './momentStore.ts';

/** A new run goes on from that moment, as the run did to which it belongs. */
export function branchHere(at: RunMoment): void {
  const { document, engine, begin } = useRun.getState();
  if (document === null || engine !== 'ready') return;
  const run = crypto.randomUUID();
  begin(run, document);
  tellEngine({ kind: 'train', run, document, weights: 'resume', from: at, paused: false, reportNorm: true });
  useUi.getState().showDock('run');
}

/** The network gets the weights that it had then. */
export async function takeWeights(at: RunMoment): Promise<void> {
  const { notify } = useUi.getState();
  try {
    const answer = await askEngine({ kind: 'takeWeights', at });
    if (answer.kind !== 'weightsTaken') return;
    useMoment.getState().go(null);
    useRun.getState().weightsTaken();
    notify({ tone: 'good', message: { key: 'travel.taken', values: { step: at.step.toLocaleString('en') } } });
  } catch (error) {
    if (!(error instanceof EngineRefusal)) return;
    notify({ tone: 'bad', message: error.text });
    await readKept();
  }
}
