import { useEffect, useRef } from 'react';
import { pixelsOf } from '../../state/samples/sampleImage.ts';
import css from './VariantGallery.module.css';

interface Props {
  readonly label: string;
  /** [channels, height, width]. */
  readonly shape: readonly number[];
  /** Values from 0 to 1; others are clipped. */
  readonly values: Float32Array<ArrayBuffer>;
}

export function VariantImage({ label, shape, values }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [, height = 1, width = 1] = shape;
  useEffect(() => {
    const image = pixelsOf({ kind: 'numbers', shape: [...shape], data: values });
    if (image === null) return;
    canvas.current?.getContext('2d')?.putImageData(new ImageData(image.data, width, height), 0, 0);
  }, [shape, values, height, width]);
  return <canvas ref={canvas} role="img" aria-label={label} width={width} height={height} className={css.image} />;
}
