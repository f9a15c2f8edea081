import { useEffect, useRef } from 'react';
import type { SampleField } from '../../../src/protocol/samples.ts';
import { figure } from '../../ui/i18n/figure.ts';
import css from './Samples.module.css';
import { pixelsOf } from './sampleImage.ts';

/** Number of values shown for a sample that is not an image. */
const SHOWN = 6;

/** A sample without preprocessing: an image in its own resolution, or its values. */
export function SampleImage({ field }: { readonly field: SampleField }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const pixels = pixelsOf(field);
  useEffect(() => {
    const image = pixelsOf(field);
    if (image === null) return;
    const { data, width, height } = image;
    canvas.current?.getContext('2d')?.putImageData(new ImageData(data, width, height), 0, 0);
  }, [field]);
  if (pixels !== null) {
    return <canvas ref={canvas} width={pixels.width} height={pixels.height} className={css.image} />;
  }
  const numbers = [...field.data.subarray(0, SHOWN)].map(figure);
  return (
    <span className={css.numbers}>
      {numbers.join('\n')}
      {field.data.length > SHOWN && '\n…'}
    </span>
  );
}
