/** What a run is told from outside, looked at between its steps. */
export type Control = 'pause' | 'resume' | 'step' | 'stop';

/** Holds a run between two steps while it is paused. */
export class Gate {
  #paused: boolean;
  #stopped = false;
  /** Steps that may pass although paused. */
  #allowed = 0;
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
    if (action === 'pause') this.#paused = true;
    if (action === 'resume') this.#paused = false;
    if (action === 'step') {
      this.#paused = true;
      this.#allowed++;
    }
    this.#wake?.();
    this.#wake = null;
  }

  /** Waits until the next step may be done: true, or until the run is stopped: false. `onWait` is called once before. */
  async pass(onWait: () => void): Promise<boolean> {
    let told = false;
    while (!this.#stopped && this.#paused && this.#allowed === 0) {
      if (!told) onWait();
      told = true;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    if (this.#stopped) return false;
    if (this.#paused) this.#allowed--;
    else this.#allowed = 0;
    return true;
  }
}
