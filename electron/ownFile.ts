import type { DesktopArgs } from '../src/desktopCalls.ts';
import type { NetworkDocument } from '../src/graph/document.ts';
import type { Project } from '../src/graph/file.ts';
import type { EngineHost, ProjectWeights } from './engineHost.ts';
import { type FileStamp, fileStamp } from './fileStamp.ts';
import type { Recovery, RecoverySlot } from './recovery.ts';
import { nothingTrained, type ProjectParts, projectPartsOf } from './trainedParts.ts';

/** File of a window's network. */
export interface FileState {
  /** File that saving writes to; null for a network without a file. */
  readonly path: string | null;
  /** Stamp of the file when it was last read or written. */
  readonly stamp: FileStamp | null;
  /** Entries of the file besides its network and weights. */
  readonly others: Project['others'];
}

/** Changes that are in no file. */
export interface UnsavedWork {
  readonly document: NetworkDocument;
  /** True if the weights are unsaved, too. */
  readonly trained: boolean;
}

/** Identifies the network, the unsaved work and the engine process of a window, to notice changes during a long task. */
export interface WindowVersion {
  readonly networks: number;
  readonly keeps: number;
  readonly engineStarts: number;
}

const NO_FILE: FileState = { path: null, stamp: null, others: {} };

/** File and unsaved work of one window. Unsaved work is kept on disk until it is saved or discarded. */
export class OwnFile {
  readonly #engine: EngineHost;
  readonly #recovery: Recovery;
  #slot: RecoverySlot;
  #file = NO_FILE;
  #unsaved: UnsavedWork | null = null;
  /** Last task of the queue. */
  #turn: Promise<unknown> = Promise.resolve();
  #networks = 0;
  #keeps = 0;

  constructor(engine: EngineHost, recovery: Recovery) {
    this.#engine = engine;
    this.#recovery = recovery;
    this.#slot = recovery.newSlot();
  }

  get file(): FileState {
    return this.#file;
  }

  /** Unsaved work as the page last reported it. */
  get unsaved(): UnsavedWork | null {
    return this.#unsaved;
  }

  get version(): WindowVersion {
    return { networks: this.#networks, keeps: this.#keeps, engineStarts: this.#engine.starts };
  }

  /** Runs tasks that save or replace the network one after the other, even if the page that asked for them is gone. */
  inTurn<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(task);
    this.#turn = result.catch(() => {});
    return result;
  }

  /** Waits for the tasks in the queue. */
  async settled(): Promise<void> {
    await this.#turn;
  }

  /** Parts of the project to save, with these weights and this run. */
  partsWith(trained: ProjectWeights): ProjectParts {
    return projectPartsOf(trained, this.#file.others);
  }

  /** Another file takes the place of this one, while network and weights stay. */
  changeFile(file: FileState): void {
    this.#file = file;
  }

  /** Another network takes the place of this one. */
  changeNetwork(file: FileState, unsaved: UnsavedWork | null): void {
    this.#networks++;
    this.#file = file;
    this.#unsaved = unsaved;
    this.#slot.clear();
  }

  /** From now on, the window keeps its unsaved work where this lost work is. */
  claim(lost: string): void {
    this.#slot = this.#recovery.claim(lost);
  }

  /** The network of that version was written to the file. */
  async saved(path: string, others: Project['others'], version: WindowVersion): Promise<void> {
    this.#file = { path, stamp: await fileStamp(path), others };
    if (this.#keeps === version.keeps) this.#unsaved = null;
    this.#slot.clear();
    // An edit made during the write is a change of the new file.
    if (this.#unsaved !== null) await this.#keepUnsaved(this.#unsaved.document, this.#unsaved.trained);
  }

  /** Keeps unsaved work on disk; null if there is none. */
  async keep(work: DesktopArgs<'keep'>[0]): Promise<void> {
    this.#keeps++;
    if (work !== null) {
      await this.#keepUnsaved(work.document, work.weights);
    } else {
      this.#unsaved = null;
      this.#slot.clear();
    }
  }

  /** The window starts anew, and its work is given up. */
  async reset(): Promise<void> {
    this.changeNetwork(NO_FILE, null);
    await this.#clearEngine();
  }

  /** The window starts anew, and its unsaved work is offered as lost work. */
  async setAside(): Promise<void> {
    await this.settled();
    if (this.#unsaved !== null) await this.#keepUnsaved(this.#unsaved.document, this.#unsaved.trained);
    this.#slot.release();
    this.#slot = this.#recovery.newSlot();
    this.changeNetwork(NO_FILE, null);
    await this.#clearEngine();
  }

  /** The window is closed. Its unsaved work is lost work unless it was saved or given up. */
  end(saved: boolean): void {
    if (saved) this.#slot.clear();
    else this.#slot.release();
  }

  async #keepUnsaved(document: NetworkDocument, weights: boolean): Promise<void> {
    this.#unsaved = { document, trained: weights || this.#unsaved?.trained === true };
    const { path, stamp } = this.#file;
    // An engine that is being restarted has no weights to give.
    const parts = weights
      ? await this.#engine.trained(document).then(
          (trained) => this.partsWith(trained),
          () => undefined,
        )
      : undefined;
    await this.#slot.keep({ document, path, stamp }, parts);
  }

  /** Also an engine that is being restarted must not bring the old weights back. */
  async #clearEngine(): Promise<void> {
    this.#engine.keep(nothingTrained);
    await this.#engine.hold(nothingTrained).catch(console.error);
  }
}
