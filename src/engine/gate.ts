/** A command for a run, handled between its steps. */
export type Control = 'pause' | 'resume' | 'step' | 'epoch' | 'stop';

/** The next action of a run: a step, the end, or a check for changed settings. */
export type NextAction = 'step' | 'stop' | 'look';

/** Stops a run between two steps while it is paused. */
export class Gate {
  #paused: boolean;
  #stopped = false;
  /** Number of steps that may run despite the pause. */
  #allowed = 0;
  #untilEpochEnds = false;
  #toLook = false;
  #wake: (() => void) | null = null;

  constructor(paused: boolean) {
    this.#paused = paused;
  }

  get paused(): boolean {
    return this.#paused;
  }

  get stopped(): boolean {
    return this.#stopped;
  }

  control(action: Control): void {
    if (action === 'stop') this.#stopped = true;
    else {
      this.#paused = action === 'pause' || action === 'step';
      this.#untilEpochEnds = action === 'epoch';
      if (action === 'step') this.#allowed++;
      else this.#allowed = 0;
    }
    this.#awake();
  }

  /** Requests a check for changed settings before the next step, even for a paused run. */
  look(): void {
    this.#toLook = true;
    this.#awake();
  }

  /** Ends a command to train until the end of the epoch. */
  epochEnded(): void {
    if (this.#untilEpochEnds) this.#paused = true;
    this.#untilEpochEnds = false;
  }

  #awake(): void {
    this.#wake?.();
    this.#wake = null;
  }

  /** Waits for the next action. `onWait` is called once before waiting. */
  async pass(onWait: () => void): Promise<NextAction> {
    let isReported = false;
    while (!this.#stopped && !this.#toLook && this.#paused && this.#allowed === 0) {
      if (!isReported) onWait();
      isReported = true;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    if (this.#stopped) return 'stop';
    if (this.#toLook) {
      this.#toLook = false;
      return 'look';
    }
    if (this.#paused) this.#allowed--;
    return 'step';
  }
}
