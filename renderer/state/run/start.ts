import type { TrainArgs } from '../../../src/protocol/training.ts';

/** Source of the initial weights of a new run. */
export type Start = Exclude<TrainArgs['weights'], 'resume'>;
