import { type Project, RUNS } from '../src/graph/file.ts';
import type { ProjectWeights } from './engineHost.ts';

/** Weights, run and other entries of a project: everything but its document. */
export type ProjectParts = Omit<Project, 'document'>;

export const nothingTrained: ProjectWeights = { weights: new Uint8Array(), run: {} };

const isRun = (entry: string): boolean => entry.startsWith(RUNS);

const entriesWhere = (entries: Project['others'], wanted: (entry: string) => boolean): Project['others'] =>
  Object.fromEntries(Object.entries(entries).filter(([entry]) => wanted(entry)));

/** Weights and run of a project, for the engine. */
export const trainedOf = ({ weights, others }: ProjectParts): ProjectWeights => ({
  weights: new Uint8Array(weights ?? []),
  run: entriesWhere(others, isRun) as ProjectWeights['run'],
});

/** Weights and run of the engine with the other entries of a project, for saving. A project keeps its run if the engine has none. */
export const projectPartsOf = ({ weights, run }: ProjectWeights, others: Project['others']): ProjectParts => ({
  weights,
  others: Object.keys(run).length === 0 ? others : { ...entriesWhere(others, (entry) => !isRun(entry)), ...run },
});
