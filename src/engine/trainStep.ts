import type { CheckedGraph } from '../check/checkedGraph.ts';
import { compileTrainStep } from '../compile/trainStep.ts';
import type { Batch } from '../data/batches.ts';
import type { Recipe } from '../graph/document.ts';
import type { Program } from '../ir/program.ts';
import type { Tensor } from '../ir/tensor.ts';
import { hyperValues } from '../optim/optimizer.ts';
import type { Rates } from '../optim/schedules.ts';
import { feedsOf, initialState, outputOf, scalarOf } from './feeds.ts';
import { type Device, openProgram, type Session, type Tensors, targetOf } from './session.ts';

export interface StepResult {
  /** Mean over the batch, before the update. */
  readonly loss: number;
  /** How many samples of the batch were predicted right. */
  readonly correct: number;
}

/**
 * The compiled training step with its weights and optimizer state, which every step replaces. A batch size is a
 * program of its own, compiled when it first comes up (the last, short batch of an epoch).
 */
export class TrainStep {
  readonly #graph: CheckedGraph;
  readonly #recipe: Recipe;
  readonly #device: Device;
  readonly #compiled = new Map<number, { program: Program; session: Session }>();
  #weights: Tensors;
  #state: Tensors | null = null;

  constructor(graph: CheckedGraph, recipe: Recipe, weights: Tensors, device: Device) {
    this.#graph = graph;
    this.#recipe = recipe;
    this.#device = device;
    this.#weights = weights;
  }

  /** By parameter name; a snapshot that later steps do not change. */
  get weights(): Tensors {
    return this.#weights;
  }

  /** Gets the program for this batch size ready; `run` does so too. */
  async prepare(batch: number): Promise<{ program: Program; session: Session }> {
    const known = this.#compiled.get(batch);
    if (known !== undefined) return known;
    const program = compileTrainStep(this.#graph, {
      ...this.#recipe,
      batch,
      target: targetOf(this.#device),
    });
    const compiled = { program, session: await openProgram(program, this.#device) };
    this.#compiled.set(batch, compiled);
    this.#state ??= initialState(program);
    return compiled;
  }

  /** `at.step` counts the steps before this one; with the seed it also names the random stream of the step's masks. */
  async run(batch: Batch, rates: Rates, at: { seed: number; step: number }): Promise<StepResult> {
    const { program, session } = await this.prepare(batch.size);
    const held = new Map([...this.#weights, ...(this.#state as Tensors)]);
    const hypers = hyperValues(this.#recipe.optimizer, { ...rates, step: at.step + 1 });
    const results = await session.run(feedsOf(program, { batch, held, hypers, noise: at }));
    const weights = new Map(this.#weights);
    const state = new Map(this.#state as Tensors);
    for (const { value, role } of program.outputs) {
      if (role.kind !== 'update') continue;
      const kept = weights.has(role.of) ? weights : state;
      kept.set(role.of, results.get(value.name) as Tensor);
    }
    this.#weights = weights;
    this.#state = state;
    return {
      loss: scalarOf(results, outputOf(program, 'loss')),
      correct: scalarOf(results, outputOf(program, 'correct')),
    };
  }

  async release(): Promise<void> {
    const sessions = [...this.#compiled.values()];
    this.#compiled.clear();
    for (const { session } of sessions) await session.release();
  }
}
