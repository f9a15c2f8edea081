import type { EngineRequest } from '../../../src/protocol.ts';

/** Where the weights of a new run come from. */
export type Start = Exclude<Extract<EngineRequest, { kind: 'train' }>['weights'], 'resume'>;
