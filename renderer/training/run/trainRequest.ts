import type { TrainArgs } from '../../../src/protocol/training.ts';
import { sendToEngine } from '../../state/desktop/engine.ts';
import { onDevice } from '../device/deviceChoice.ts';

type TrainRequest = Pick<TrainArgs, 'run' | 'document' | 'weights'> & Partial<Omit<TrainArgs, 'device' | 'reportNorm'>>;

/** Requests a run on the selected device. All runs of the window are requested here. */
export const requestTraining = (wanted: TrainRequest): void =>
  sendToEngine('train', { paused: false, ...wanted, reportNorm: true, ...onDevice() });
