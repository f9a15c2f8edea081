/** What a run is told from outside, looked at between its steps. */
export type Control = 'pause' | 'resume' | 'step' | 'epoch' | 'stop';

/** What a run does next: a step, an end, or look at what was changed. */
export type Passage = 'step' | 'stop' | 'look';

/** Holds a run between two steps while it is paused. */
export class Gate {
  #paused: boolean;
  #stopped = false;
  /** Steps that may pass although paused. */
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

  /** There is something to look at before the next step, also for a run that is paused. */
  look(): void {
    this.#toLook = true;
    this.#awake();
  }

  /** An epoch is over, and with it what was asked for until then. */
  epochEnded(): void {
    if (this.#untilEpochEnds) this.#paused = true;
    this.#untilEpochEnds = false;
  }

  #awake(): void {
    this.#wake?.();
    this.#wake = null;
  }

  /** Waits until there is something to do. `onWait` is called once before. */
  async pass(onWait: () => void): Promise<Passage> {
    let told = false;
    while (!this.#stopped && !this.#toLook && this.#paused && this.#allowed === 0) {
      if (!told) onWait();
      told = true;
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
