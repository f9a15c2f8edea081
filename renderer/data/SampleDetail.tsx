import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { asImageShape, mainField } from '../../src/data/prepared.ts';
import type { CallAnswer } from '../../src/protocol/calls.ts';
import type { SampleField } from '../../src/protocol/samples.ts';
import { type Text, UserError } from '../../src/text.ts';
import { useRetry } from '../state/data/dataReturn.ts';
import { engine } from '../state/desktop/engine.ts';
import { SampleImage } from '../state/samples/SampleImage.tsx';
import { targetText, useSample } from '../state/samples/sampleStore.ts';
import { useDocument } from '../state/stores/stores.ts';
import { Button } from '../ui/controls/Button.tsx';
import { figure } from '../ui/i18n/figure.ts';
import { useWords } from '../ui/i18n/i18n.ts';
import { bytes } from '../ui/i18n/numbers.ts';
import css from './SamplesPanel.module.css';
import { showVariants } from './transforms/galleryStore.ts';

type Origin = CallAnswer<'sampleOrigin'>;
type OriginalImage = NonNullable<Origin['file']>['image'];

interface Props {
  readonly index: number;
  onBack(): void;
  /** Null at the first and the last sample. */
  readonly onPrevious: (() => void) | null;
  readonly onNext: (() => void) | null;
  onPredict(index: number): void;
}

const PARTS = { train: 'data.training', validation: 'data.heldOut', test: 'data.test' } as const;

/** One sample at the size of its file, with all that is known of it. Escape goes back, arrow keys to its neighbors. */
export function SampleDetail({ index, onBack, onPrevious, onNext, onPredict }: Props) {
  const { say, pick } = useWords();
  const sample = useSample(index);
  const { origin, problem } = useOrigin(index);
  const section = useRef<HTMLElement>(null);
  useEffect(() => section.current?.focus(), []);
  const field = mainField(sample?.inputs ?? []);
  const file = origin?.file ?? null;
  const figures = field === undefined ? null : momentsOf(field.data, field.kind === 'bytes' ? 255 : 1);
  const rows: [string, string][] = [
    ...(sample === null ? [] : [[say('data.target'), targetText(sample)] as [string, string]]),
    ...(origin === null ? [] : [[say('data.part'), say(PARTS[origin.part])] as [string, string]]),
    [say('data.position'), `#${index}`],
    ...(file === null
      ? []
      : ([
          [say('data.file'), file.path],
          [say('data.fileSize'), bytes(file.bytes)],
          [say('data.format'), file.format.toUpperCase()],
          [say('data.originalSize'), say('data.pixels', { width: file.width, height: file.height })],
          [say('data.channels'), `${file.channels}`],
        ] as [string, string][])),
    ...(field === undefined ? [] : [[say('data.inputs'), field.shape.join('×')] as [string, string]]),
    ...(figures === null
      ? []
      : ([
          [say('data.mean'), figure(figures.mean)],
          [say('data.std'), figure(figures.std)],
        ] as [string, string][])),
  ];
  function walk(event: KeyboardEvent): void {
    const act = { Escape: onBack, ArrowLeft: onPrevious, ArrowRight: onNext }[event.key];
    if (act == null) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }
  return (
    <section
      ref={section}
      className={css.detail}
      aria-label={say('data.sample', { index })}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: has the keys of its buttons, and scrolls
      tabIndex={0}
      onKeyDown={walk}
    >
      <div className={css.filter}>
        <Button label={say('data.back')} look="outlined" hint="Esc" onClick={onBack}>
          {say('data.back')}
        </Button>
        <Button label={say('data.previous')} disabled={onPrevious === null} onClick={() => onPrevious?.()}>
          ←
        </Button>
        <Button label={say('data.next')} disabled={onNext === null} onClick={() => onNext?.()}>
          →
        </Button>
        <Button label={say('data.predict')} look="outlined" onClick={() => onPredict(index)}>
          {say('data.predict')}
        </Button>
        {field !== undefined && asImageShape(field.shape) !== null && (
          <Button label={say('transforms.show')} look="outlined" onClick={() => showVariants(index)}>
            {say('transforms.show')}
          </Button>
        )}
      </div>
      {problem !== null && <p role="alert">{pick(problem)}</p>}
      <div className={css.full}>
        {file !== null ? (
          <Original image={file.image} label={say('data.originalImage', { index })} />
        ) : (
          origin !== null && field !== undefined && <SampleImage field={field} />
        )}
      </div>
      <dl className={css.facts}>
        {rows.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

const failed: Text = { en: 'The sample could not be read.', zh: '无法读取样本。' };

function useOrigin(index: number): { origin: Origin | null; problem: Text | null } {
  const [state, setState] = useState<{ origin: Origin | null; problem: Text | null }>({ origin: null, problem: null });
  const retry = useRetry(state.problem !== null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: returned data is a reason to ask again
  useEffect(() => {
    let isCurrent = true;
    engine.call('sampleOrigin', { document: useDocument.getState().root, index }).then(
      (origin) => isCurrent && setState({ origin, problem: null }),
      (error) => isCurrent && setState({ origin: null, problem: error instanceof UserError ? error.text : failed }),
    );
    return () => {
      isCurrent = false;
    };
  }, [index, retry]);
  return state;
}

/** Mean and standard deviation of the values as the network takes them. */
function momentsOf(data: SampleField['data'], divisor: number): { mean: number; std: number } {
  let [sum, squares] = [0, 0];
  for (const value of data) sum += value / divisor;
  const mean = sum / data.length;
  for (const value of data) squares += (value / divisor - mean) ** 2;
  return { mean, std: Math.sqrt(squares / data.length) };
}

function Original({ image, label }: { readonly image: OriginalImage; readonly label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const { width, height, channels, pixels } = image;
    const shown = new Uint8ClampedArray(4 * width * height).fill(255);
    for (let i = 0; i < width * height; i++)
      for (let c = 0; c < 3; c++) shown[4 * i + c] = pixels[i * channels + (channels === 1 ? 0 : c)] as number;
    canvas.current?.getContext('2d')?.putImageData(new ImageData(shown, width, height), 0, 0);
  }, [image]);
  return <canvas ref={canvas} role="img" aria-label={label} width={image.width} height={image.height} />;
}
