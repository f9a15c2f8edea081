import type { TrainArgs } from '../../../src/protocol/training.ts';
import { tellEngine } from '../../state/desktop/engine.ts';
import { onDevice } from '../device/deviceChoice.ts';

type TrainRequest = Pick<TrainArgs, 'run' | 'document' | 'weights'> & Partial<Omit<TrainArgs, 'device' | 'reportNorm'>>;

/** Asks the engine for a run on the chosen device; every run of the window is asked for here. */
export const requestTraining = (wanted: TrainRequest): void =>
  tellEngine('train', { paused: false, ...wanted, reportNorm: true, ...onDevice() });
