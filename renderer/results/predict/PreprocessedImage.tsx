import { useEffect, useRef } from 'react';
import { pixelsOf } from '../../state/samples/sampleImage.ts';
import css from './PreprocessedImage.module.css';

interface Props {
  readonly input: Float32Array | null;
  /** [C, H, W] */
  readonly shape: readonly number[];
  /** Label for screen readers; omitted if the text beside the image is enough. */
  readonly label?: string;
}

/** Preprocessed input of the network, pixel by pixel. */
export function PreprocessedImage({ input, shape, label }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [, height = 1, width = 1] = shape;
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    const pixels = input && pixelsOf({ kind: 'numbers', shape: [...shape], data: new Float32Array(input) });
    if (context === null || context === undefined) return;
    context.clearRect(0, 0, width, height);
    if (pixels) context.putImageData(new ImageData(pixels.data, width, height), 0, 0);
  }, [input, shape, width, height]);
  return (
    <canvas
      ref={canvas}
      width={width}
      height={height}
      role={label === undefined ? undefined : 'img'}
      aria-label={label}
      className={css.seen}
    />
  );
}
