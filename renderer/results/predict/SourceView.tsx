import { useEffect, useRef, useState } from 'react';
import type { ColorImage } from '../../../src/data/imageInput.ts';
import { SampleImage } from '../../state/samples/SampleImage.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { DrawingPad } from './DrawingPad.tsx';
import { NumbersInput } from './NumbersInput.tsx';
import type { NetworkInput } from './networkInput.ts';
import css from './PredictPanel.module.css';
import { type ShownSample, usePredict, useShownSample } from './predictStore.ts';
import { sampleTitle } from './sampleTitle.ts';
import { useSubject } from './useSubject.ts';

/** Input before preprocessing. */
export function SourceView({ network }: { readonly network: NetworkInput }) {
  const { say } = useWords();
  const subject = useSubject();
  const { source, drawing, image, draw } = usePredict();
  const shown = useShownSample();
  const [eraser, setEraser] = useState(false);
  if (network.kind === 'numbers') return <NumbersInput count={network.count} />;
  if (source === 'sample' && shown !== null) return <SampleView shown={shown} />;
  if (source === 'image' && image !== null) {
    return (
      <div className={css.column}>
        <h2 title={image.name}>{image.name}</h2>
        <div className={css.square}>
          <Original image={image.raster} label={image.name} />
        </div>
      </div>
    );
  }
  if (network.kind !== 'image' || network.shape[0] !== 1) return null;
  return (
    <div className={css.column}>
      <div className={css.pen}>
        <label>
          <input type="checkbox" checked={eraser} onChange={({ target }) => setEraser(target.checked)} />
          {say('predict.eraser')}
        </label>
        <button type="button" onClick={() => draw(null)}>
          {say('predict.clear')}
        </button>
      </div>
      <div className={css.square}>
        <DrawingPad
          label={say(`predict.pad.${subject}`)}
          disabled={false}
          drawing={drawing}
          eraser={eraser}
          onDraw={draw}
        />
      </div>
    </div>
  );
}

function SampleView({ shown: { index, sample } }: { readonly shown: ShownSample }) {
  const { say } = useWords();
  return (
    <div className={css.column}>
      <h2>{sampleTitle(say, index, sample)}</h2>
      {sample.inputs.map((field) => (
        <div key={field.name} className={css.square} title={field.name}>
          <SampleImage field={field} />
        </div>
      ))}
    </div>
  );
}

function Original({ image, label }: { readonly image: ColorImage; readonly label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width, height, pixels } = image;
  useEffect(() => {
    const plane = width * height;
    const data = new Uint8ClampedArray(4 * plane).fill(255);
    for (let i = 0; i < plane; i++) {
      for (let k = 0; k < 3; k++) data[4 * i + k] = (pixels[k * plane + i] as number) * 255;
    }
    canvas.current?.getContext('2d')?.putImageData(new ImageData(data, width, height), 0, 0);
  }, [width, height, pixels]);
  return <canvas ref={canvas} width={width} height={height} role="img" aria-label={label} className={css.original} />;
}
