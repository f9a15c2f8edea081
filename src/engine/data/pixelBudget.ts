interface Waiting {
  readonly pixels: number;
  start(): void;
}

/** Bounds the pixels of all images that are worked on at the same time. */
export class PixelBudget {
  #left: number;
  readonly #most: number;
  readonly #waiting: Waiting[] = [];

  constructor(most: number) {
    this.#left = most;
    this.#most = most;
  }

  /** Runs the work once there is room for its pixels, in the order of the calls. More than the most counts as the most. */
  async whileTaking<T>(wanted: number, work: () => Promise<T>): Promise<T> {
    const pixels = Math.min(this.#most, wanted);
    await new Promise<void>((start) => {
      this.#waiting.push({ pixels, start });
      this.#startFirst();
    });
    try {
      return await work();
    } finally {
      this.#left += pixels;
      this.#startFirst();
    }
  }

  #startFirst(): void {
    for (let [first] = this.#waiting; first !== undefined && first.pixels <= this.#left; [first] = this.#waiting) {
      this.#waiting.shift();
      this.#left -= first.pixels;
      first.start();
    }
  }
}
