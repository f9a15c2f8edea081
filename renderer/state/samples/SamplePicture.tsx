import { useEffect, useRef } from 'react';
import type { SampleField } from '../../../src/protocol/samples.ts';
import { figure } from '../../ui/i18n/figure.ts';
import css from './Samples.module.css';
import { pixelsOf } from './samplePicture.ts';

/** Numbers that are written out of a sample that is no picture. */
const SHOWN = 6;

/** A sample as it is: a picture with its own pixels, or its numbers. */
export function SamplePicture({ field }: { readonly field: SampleField }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const pixels = pixelsOf(field);
  useEffect(() => {
    const picture = pixelsOf(field);
    if (picture === null) return;
    const { data, width, height } = picture;
    canvas.current?.getContext('2d')?.putImageData(new ImageData(data, width, height), 0, 0);
  }, [field]);
  if (pixels !== null) {
    return <canvas ref={canvas} width={pixels.width} height={pixels.height} className={css.picture} />;
  }
  const numbers = [...field.data.subarray(0, SHOWN)].map(figure);
  return (
    <span className={css.numbers}>
      {numbers.join('\n')}
      {field.data.length > SHOWN && '\n…'}
    </span>
  );
}
