import type { EngineRequest } from '../../../src/protocol.ts';
import { tellEngine } from '../../state/desktop/engine.ts';
import { onDevice } from '../device/deviceChoice.ts';

type Request = Extract<EngineRequest, { kind: 'train' }>;
type Wanted = Pick<Request, 'run' | 'document' | 'weights'> & Partial<Omit<Request, 'kind' | 'device' | 'reportNorm'>>;

/** Asks the engine for a run on the chosen device; every run of the window is asked for here. */
export const requestTraining = (wanted: Wanted): void =>
  tellEngine({ kind: 'train', paused: false, ...wanted, reportNorm: true, ...onDevice() });
