import type { Builder, Window } from '../ir/builder.ts';
import type { Value } from '../ir/program.ts';
import { floatTensor, intTensor } from '../ir/tensor.ts';

const product = (sizes: readonly number[]): number => sizes.reduce((p, q) => p * q, 1);

/**
 * From this number of positions on, the gradients of one block of images fill the cache, so blocks are processed one by
 * one (measured).
 */
const PLACES_TO_SPLIT = 256;

/**
 * Emits convolutions with the blocked kernels of the runtime, for weights that are values of the program. Tensors are
 * converted with the reorder ops of the domain, which use all threads, while Transpose uses one. An instance belongs to
 * one program and reuses values that are already blocked.
 */
export class BlockedForms {
  readonly #block: number;
  readonly #inputs = new Map<Value, Value>();
  readonly #orders = new Map<string, Value>();

  constructor(block: number) {
    this.#block = block;
  }

  /** [N, C, H, W] → blocked. */
  #reorder(g: Builder, x: Value): Value {
    return g.emit('BlockedInput', [x], { channels_last: 0, block: this.#block })[0];
  }
  /** Memory [A, S, B·b] → [A, B, S, b]: swaps axes and keeps the order inside a block. */
  #swapBlocks(g: Builder, x: Value, [outer, rows, blocks]: readonly number[]): Value {
    const last = g.reshape(x, [outer, rows, 1, blocks * this.#block]);
    return g.emit('BlockedInput', [last], { channels_last: 1, block: this.#block })[0];
  }
  /** Memory [A, b, S] → [A, S, b]. */
  #swapInner(g: Builder, x: Value, outer: number, size: number): Value {
    return this.#reorder(g, g.reshape(x, [outer, this.#block, size, 1]));
  }

  #blocked(g: Builder, x: Value): Value {
    // Fewer channels than a block stay plain.
    if (g.size(x, 1) < this.#block) return x;
    const known = this.#inputs.get(x) ?? this.#reorder(g, x);
    this.#inputs.set(x, known);
    return known;
  }

  #convolve(g: Builder, x: Value, w: Value, rest: readonly (Value | null)[], window: Window, group = 1): Value {
    const { kernel: kernel_shape, strides, pads, dilations } = window;
    const attrs = { kernel_shape, strides, pads, dilations, group, block: this.#block };
    return g.emit('BlockedConv', [x, w, ...rest], attrs)[0];
  }

  #plain(g: Builder, y: Value, channels: number): Value {
    return g.emit('BlockedOutput', [y], { channels, block: this.#block })[0];
  }

  /** Pads one axis of x with zeros at the end, to whole blocks. */
  #filled(g: Builder, x: Value, axis: number): Value {
    const missing = this.#missing(g.size(x, axis));
    if (missing === 0) return x;
    const none = x.shape.map(() => 0);
    return g.pad(x, none, none.with(axis, missing));
  }
  #missing(size: number): number {
    return (this.#block - (size % this.#block)) % this.#block;
  }

  /** Conv(x, w, b). */
  convolution(g: Builder, x: Value, w: Value, b: Value | null, window: Window): Value {
    const features = g.size(w, 0);
    const bias = b === null ? [] : [this.#filled(g, b, 0)];
    const y = this.#convolve(g, this.#blocked(g, x), this.#filter(g, this.#filled(g, w, 0)), bias, window);
    return this.#plain(g, y, features);
  }

  /** w [F, C, kh, kw] → [F/b, C/b, kh, kw, b of C, b of F], or [F/b, C, kh, kw, b] for fewer channels than a block. */
  #filter(g: Builder, w: Value): Value {
    const shape = g.sizes(w);
    const [features, channels, ...kernel] = shape;
    const block = this.#block;
    const cells = product(kernel);
    const inner = this.#swapInner(g, w, features / block, channels * cells);
    const blocks = (features / block) * (channels / block);
    return g.reshape(channels < block ? inner : this.#swapBlocks(g, inner, [blocks, block, cells]), shape);
  }

  /** dX for stride 1: the convolution of dy with weights rotated by 180°, with input and output channels exchanged. */
  inputGradient(g: Builder, dy: Value, w: Value, window: Window): Value {
    const channels = g.size(w, 1);
    const { kernel, pads } = window;
    const turned: Window = { ...window, pads: pads.map((pad, i) => kernel[i % 2] - 1 - pad) };
    const filter = this.#turnedFilter(g, this.#filled(g, w, 1));
    return this.#plain(g, this.#convolve(g, this.#blocked(g, dy), filter, [], turned), channels);
  }

  /** w [F, C, kh, kw] → [C/b, F/b, rotated kh, kw, b of F, b of C]. */
  #turnedFilter(g: Builder, w: Value): Value {
    const [features, channels, ...kernel] = g.sizes(w);
    const block = this.#block;
    const cells = product(kernel);
    const [outer, inner] = [features / block, channels / block];
    // [F, C/b, k, b of C], then [F/b, C/b, k, b of F, b of C]
    const rows = this.#reorder(g, g.reshape(w, [features, channels, cells, 1]));
    const tiles = this.#swapBlocks(g, rows, [outer, block, inner * cells]);
    const order = this.#turnedOrder(g, outer, inner, cells);
    const turned = g.gather(g.reshape(tiles, [outer * inner * cells, block * block]), order, 0);
    return g.reshape(turned, [channels, features, ...kernel]);
  }
  /** For every tile of the rotated weights, the index of its source in [F/b, C/b, k]. */
  #turnedOrder(g: Builder, outer: number, inner: number, cells: number): Value {
    const key = [outer, inner, cells].join();
    const known = this.#orders.get(key);
    if (known !== undefined) return known;
    const places = Array.from({ length: outer * inner * cells }, (_, i) => {
      const [c, f, k] = [Math.floor(i / (outer * cells)), Math.floor(i / cells) % outer, i % cells];
      return (f * inner + c) * cells + (cells - 1 - k);
    });
    const order = g.constant(intTensor([places.length], places), 'turned');
    this.#orders.set(key, order);
    return order;
  }

  /**
   * dW [F, C, kh, kw] = Conv(xᵀ, dyᵀ)ᵀ, where ᵀ exchanges batch and channels, so that images are the blocked channels.
   * The columns are padded beforehand, because the kernel computes positions next to its own padding one by one.
   * `window`: geometry of the product.
   */
  weightGradient(g: Builder, x: Value, dy: Value, window: Window): Value {
    const [n, channels, height, width] = g.sizes(x);
    const [, features, ...places] = g.sizes(dy);
    const block = this.#block;
    const groups = n / block;
    const p = product(places);
    const [top, left, bottom, right] = window.pads;
    const wide = width + left + right;

    const images = this.#swapInner(g, x, groups, channels * height * width);
    const padded = this.#padded(g, g.reshape(images, [groups * channels, block, height, width]), left, right);
    const errors = g.reshape(this.#swapInner(g, dy, groups, features * p), [groups, features, p * block, 1]);
    const filters = this.#reorder(g, this.#filled(g, errors, 1));
    const filled = features + this.#missing(features);

    const upright: Window = { ...window, pads: [top, 0, bottom, 0] };
    const one = groups === 1 || p >= PLACES_TO_SPLIT;
    if (!one) {
      const xs = g.transpose(g.reshape(padded, [groups, channels, height * wide * block]), [1, 0, 2]);
      const flat = g.reshape(filters, [groups, filled / block, p * block * block]);
      const dys = g.transpose(flat, [1, 0, 2]);
      const y = this.#convolve(
        g,
        g.reshape(xs, [channels, n, height, wide]),
        g.reshape(dys, [filled, n, ...places]),
        [],
        upright,
      );
      return this.#swappedPlain(g, y, features);
    }
    const each = Array<number>(groups).fill(1);
    const xs =
      groups === 1
        ? [padded]
        : g.split(
            padded,
            each.map(() => channels),
            0,
          );
    const dys = groups === 1 ? [filters] : g.split(filters, each, 0);
    let sum: Value | null = null;
    xs.forEach((part, i) => {
      const image = g.reshape(part, [channels, block, height, wide]);
      const kernels = g.reshape(dys[i] as Value, [filled, block, ...places]);
      sum = this.#convolve(g, image, kernels, sum === null ? [] : [null, sum], upright);
    });
    return this.#swappedPlain(g, sum as unknown as Value, features);
  }

  /** Pads blocked images with zeros on the left and right by a 1×1 convolution, because Pad uses only one thread. */
  #padded(g: Builder, x: Value, left: number, right: number): Value {
    if (left + right === 0) return x;
    const ones = g.constant(floatTensor([this.#block, 1, 1, 1], new Float32Array(this.#block).fill(1)), 'ones');
    const window: Window = { kernel: [1, 1], strides: [1, 1], pads: [0, left, 0, right], dilations: [1, 1] };
    return this.#convolve(g, x, ones, [], window, this.#block);
  }

  /** Blocked [C, F, ..] → plain [F, C, ..]. Exchanges whole blocks first, which is cheap. */
  #swappedPlain(g: Builder, y: Value, features: number): Value {
    const [channels, filled, ...kernel] = g.sizes(y);
    const block = this.#block;
    const cells = product(kernel);
    const rows = g.transpose(g.reshape(y, [channels, filled / block, cells * block]), [1, 0, 2]);
    const tall = g.reshape(rows, [filled / block, block, channels * cells, 1]);
    const plain = g.reshape(this.#plain(g, tall, block), [filled, channels, ...kernel]);
    return filled === features ? plain : g.slice(plain, 0, 0, features);
  }
}
