import { setTimeout } from 'node:timers/promises';
import type { CallAnswer, CallArgs } from '../protocol/calls.ts';
import type { EnginePort } from '../protocol/messages.ts';
import type { RunEvent } from '../protocol/runEvents.ts';
import type { EngineFiles } from './files.ts';
import { dataHandlers } from './handlers/dataHandlers.ts';
import { dataStatisticsHandlers } from './handlers/dataStatisticsHandlers.ts';
import { importHandlers } from './handlers/importHandlers.ts';
import { networkHandlers, type Parts } from './handlers/networkHandlers.ts';
import { runHandlers } from './handlers/runHandlers.ts';
import { variantHandlers } from './handlers/variantHandlers.ts';
import { weightHandlers } from './handlers/weightHandlers.ts';
import { HeldWeights } from './heldWeights.ts';
import { Networks } from './networks.ts';
import { tryRepairs } from './repairTrials.ts';
import { RunLibrary } from './runs/runLibrary.ts';
import { Runs } from './runs/runs.ts';
import { type Handlers, serve } from './server.ts';
import type { Device } from './session.ts';

/** During a run, trials pause after each step for this multiple of its time, so that the run gets most of the time. */
const BESIDE_A_RUN = 3;

export interface EngineOptions {
  readonly files: EngineFiles;
  readonly device: Device;
  /** Folder of all runs; if omitted, runs are not kept. */
  readonly runs?: string;
}

/**
 * The training engine. Serves any number of clients, which share its weights. Calls are answered in order of arrival.
 * One run at a time is trained in the meantime; it reports to the client that started it.
 */
export class Engine {
  readonly #ports = new Set<EnginePort>();
  readonly #successors = new WeakMap<EnginePort, EnginePort>();
  readonly #parts: Parts;
  readonly #handlers: Handlers;
  #queue: Promise<unknown> = Promise.resolve();
  /** Aborts the current trials. */
  #trials = new AbortController();

  constructor({ files, device, runs: folder }: EngineOptions) {
    const networks = new Networks(files, device);
    const library =
      folder === undefined
        ? null
        : new RunLibrary(folder, (run, record) => this.#tellAll({ kind: 'library', run, record }));
    const held = new HeldWeights(networks, library);
    const runs = new Runs({ files, device, library, networks, held });
    this.#parts = { describing: files.describing, device, networks, held, runs, library };
    const { openData, ...whileOpening } = dataHandlers(this.#parts);
    const { importModel, ...whileImporting } = importHandlers();
    this.#handlers = {
      ...this.#inTurn({
        ...networkHandlers(this.#parts),
        importModel,
        openData,
        ...weightHandlers(this.#parts),
        ...runHandlers(this.#parts),
      }),
      // Long work is followed and canceled while earlier calls wait.
      ...whileOpening,
      ...whileImporting,
      ...dataStatisticsHandlers(this.#parts),
      // The gallery follows a slider, also during long calls.
      ...variantHandlers(this.#parts),
      control: (args) => {
        runs.control(args);
        return {};
      },
      change: (args) => {
        runs.change(args);
        return {};
      },
      train: (args, from) => {
        this.#trials.abort();
        // Earlier calls are completed first; later calls see the new run.
        runs.train(args, this.#queue, (event) => this.#latest(from).post(event));
        return {};
      },
      moveWeights: ({ moves }) => {
        // Runs requested later already have the new names.
        const move = runs.mover();
        return this.#afterEarlier(() => {
          move(moves);
          held.move(moves);
          return {};
        });
      },
      tryRepairs: (args) => this.#tryRepairs(args),
    };
  }

  /** Connects a client. `before`: closed port of the same client, whose runs report to the new port. */
  connect(port: EnginePort, before: EnginePort | null = null): void {
    this.#ports.add(port);
    if (before !== null) {
      this.#ports.delete(before);
      this.#successors.set(before, port);
    }
    serve(port, this.#handlers);
  }

  #tellAll(event: RunEvent): void {
    for (const port of this.#ports) port.post(event);
  }

  #latest(port: EnginePort): EnginePort {
    const next = this.#successors.get(port);
    return next === undefined ? port : this.#latest(next);
  }

  /** Starts the work when all earlier calls have been answered. */
  #afterEarlier<T>(work: () => T | Promise<T>): Promise<T> {
    const turn = this.#queue.then(work);
    this.#queue = turn.catch(() => {});
    return turn;
  }

  #inTurn<H extends Partial<Handlers>>(handlers: H): H {
    const inTurn =
      (handle: (...args: unknown[]) => unknown) =>
      (...args: unknown[]) =>
        this.#afterEarlier(() => handle(...args));
    return Object.fromEntries(
      Object.entries(handlers).map(([call, handle]) => [call, inTurn(handle as (...args: unknown[]) => unknown)]),
    ) as H;
  }

  /** Runs in parallel to other calls, which do not wait for it; uses the weights at the time of its start. */
  async #tryRepairs({ trials }: CallArgs<'tryRepairs'>): Promise<CallAnswer<'tryRepairs'>> {
    const { device, networks, held, runs } = this.#parts;
    this.#trials.abort();
    this.#trials = new AbortController();
    const { signal } = this.#trials;
    const rest = (took: number) => setTimeout(runs.inHand.present === null ? 0 : BESIDE_A_RUN * took);
    const asked = await this.#afterEarlier(async () => {
      const data = await networks.dataset((trials[0] as (typeof trials)[number]).document);
      return { trials, data, held: held.now, device, signal, rest };
    });
    return tryRepairs(asked);
  }
}
