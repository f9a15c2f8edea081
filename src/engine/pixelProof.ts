import type { InputPreprocessing, Preprocessing } from '../compile/preprocessing.ts';
import type { Tensor } from '../ir/tensor.ts';
import { UserError } from '../text.ts';
import type { Tensors } from './session.ts';

/** Difference of a byte that other rounding of a resize makes, with the error of float32. */
const STEP = 1.01;
/** Relative difference of values that are not resized: float32 has 7 digits. */
const TOLERANCE = 1e-5;

/** Compares inputs that an exported model has prepared with those of Netloom. */
export class PixelProof {
  readonly #preprocessing: InputPreprocessing | null;
  #largest = 0;

  constructor(preprocessing: InputPreprocessing | null) {
    this.#preprocessing = preprocessing;
  }

  /** Throws UserError if they differ by more than the rounding of a resize. */
  compare(prepared: Tensors, expected: Tensors): void {
    for (const [name, preprocessing] of this.#preprocessing ?? []) {
      const [got, wanted] = [prepared.get(name) as Tensor, expected.get(name) as Tensor];
      if (got.shape.join() !== wanted.shape.join()) {
        throw new Error(`the preprocessing of '${name}' outputs [${got.shape}], not [${wanted.shape}]`);
      }
      const scales = scalesOf(preprocessing);
      const plane = wanted.data.length / (wanted.shape[0] ?? 1) / scales.length;
      const allowed = STEP * resizesIn(preprocessing);
      for (let i = 0; i < wanted.data.length; i++) {
        const scale = scales[Math.floor(i / plane) % scales.length] as number;
        const [x, y] = [Number(got.data[i]), Number(wanted.data[i])];
        const error = x === y ? 0 : scale * Math.abs(x - y);
        if (!(error <= Math.max(allowed, scale * TOLERANCE * Math.max(1, Math.abs(y))))) throw differs(name, error);
        if (preprocessing.kind === 'image') this.#largest = Math.max(this.#largest, error);
      }
    }
  }

  /** Largest difference of a pixel, of 255; null if no images are prepared. */
  result(): number | null {
    return [...(this.#preprocessing?.values() ?? [])].some(({ kind }) => kind === 'image') ? this.#largest : null;
  }
}

/** Factor from values to steps of bytes, by channel; 1 for other data than images. */
function scalesOf(preprocessing: Preprocessing): readonly number[] {
  if (preprocessing.kind !== 'image') return [1];
  const last = preprocessing.steps.at(-1);
  const std = last?.transform.type === 'Normalize' ? (last.params.std as readonly number[]) : [1];
  return std.map((each) => 255 * each);
}

function resizesIn(preprocessing: Preprocessing): number {
  if (preprocessing.kind !== 'image') return 0;
  const resizes = preprocessing.steps.filter(({ transform }) => transform.type === 'Resize').length;
  return resizes + (preprocessing.fit === null ? 0 : 1);
}

const differs = (name: string, error: number) => {
  const by = error.toPrecision(2);
  return new UserError({
    en: `Export failed: the preprocessing of input “${name}” in the ONNX model differs from that of Netloom by ${by}. No file was written. Please report this bug and attach the network.`,
    zh: `导出失败：ONNX 模型对输入“${name}”的预处理与 Netloom 不一致，误差为 ${by}。未写入文件。请报告此问题并附上网络。`,
  });
};
