import type { TrainArgs } from '../../../src/protocol/training.ts';

/** Where the weights of a new run come from. */
export type Start = Exclude<TrainArgs['weights'], 'resume'>;
