import type { CheckedGraph } from '../check/checkedGraph.ts';
import { compileTrainStep } from '../compile/trainStep.ts';
import type { Batch } from '../data/batches.ts';
import type { Recipe } from '../graph/document.ts';
import type { Program } from '../ir/program.ts';
import type { Tensor } from '../ir/tensor.ts';
import { hyperValues } from '../optim/optimizer.ts';
import type { Rates } from '../optim/schedules.ts';
import { UserError } from '../text.ts';
import { correctOf, feedsOf, firstOutput, initialState, outputOf, scalarOf } from './feeds.ts';
import { trainingTarget } from './selfCheck.ts';
import { type Device, openProgram, type Session, type Tensors } from './session.ts';

export interface StepResult {
  /** Mean over the batch, before the update. */
  readonly loss: number;
  /** Number of correct predictions in the batch; null without an accuracy. */
  readonly correct: number | null;
  /** Norm of all gradients before clipping, if requested. */
  readonly gradientNorm: number | null;
}

export interface TrainStepStart {
  /** Parameters and buffers. */
  readonly weights: Tensors;
  /** Optimizer state; by default the initial one. */
  readonly state?: Tensors;
  readonly reportNorm?: boolean;
  /** The samples are mixed, so that targets are probabilities. */
  readonly mixed?: boolean;
}

/**
 * The compiled training step with its weights and optimizer state, which every step replaces. Every batch size has its
 * own program, compiled on first use (such as the smaller last batch of an epoch).
 */
export class TrainStep {
  readonly #graph: CheckedGraph;
  readonly #recipe: Recipe;
  readonly #device: Device;
  readonly #compiled = new Map<number, { program: Program; session: Session }>();
  readonly #reportNorm: boolean;
  readonly #mixed: boolean;
  #weights: Tensors;
  #state: Tensors | null;

  constructor(graph: CheckedGraph, recipe: Recipe, start: TrainStepStart, device: Device) {
    this.#graph = graph;
    this.#recipe = recipe;
    this.#device = device;
    this.#weights = start.weights;
    this.#state = start.state ?? null;
    this.#reportNorm = start.reportNorm ?? false;
    this.#mixed = start.mixed ?? false;
  }

  /** Weights by parameter name. Later steps do not change the returned tensors. */
  get weights(): Tensors {
    return this.#weights;
  }

  /**
   * Optimizer state by name. Later steps do not change the returned tensors. Empty before the first program is
   * compiled.
   */
  get state(): Tensors {
    return this.#state ?? new Map();
  }

  /** Compiles the program for this batch size, as `run` does on first use. */
  async prepare(batch: number): Promise<{ program: Program; session: Session }> {
    const known = this.#compiled.get(batch);
    if (known !== undefined) return known;
    const program = compileTrainStep(this.#graph, {
      ...this.#recipe,
      batch,
      target: await trainingTarget(this.#device),
      reportNorm: this.#reportNorm,
      mixed: this.#mixed,
    });
    const fresh = initialState(program);
    if (this.#state !== null) fitState(fresh, this.#state);
    const compiled = { program, session: await openProgram(program, this.#device) };
    this.#compiled.set(batch, compiled);
    this.#state ??= fresh;
    return compiled;
  }

  /** Runs one step. `at.step`: number of earlier steps; with the seed, it determines the dropout masks of the step. */
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
    const correct = correctOf(program);
    // If all layers are frozen, there are no gradients.
    const norm = firstOutput(program, 'gradientNorm');
    return {
      loss: scalarOf(results, outputOf(program, 'loss')),
      correct: correct === null ? null : scalarOf(results, correct),
      gradientNorm: this.#reportNorm ? (norm === null ? 0 : scalarOf(results, norm)) : null,
    };
  }

  async release(): Promise<void> {
    const sessions = [...this.#compiled.values()];
    this.#compiled.clear();
    for (const { session } of sessions) await session.release();
  }
}

/** Throws UserError for the state of another optimizer or network. */
function fitState(fresh: Tensors, state: Tensors): void {
  for (const [name, { shape }] of fresh) {
    if (state.get(name)?.shape.join() === shape.join()) continue;
    throw new UserError({
      en: `The optimizer state of the run has no “${name}” of shape [${shape}]; it belongs to another network or other training settings. Train from scratch.`,
      zh: `此次训练的优化器状态缺少形状为 [${shape}] 的“${name}”，它属于另一个网络或其他训练设置。请从头训练。`,
    });
  }
}
