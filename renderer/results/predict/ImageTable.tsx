import { useMemo } from 'react';
import { imageInput } from '../../../src/data/imageInput.ts';
import { useNewest } from '../../state/desktop/newestWins.ts';
import { useRun } from '../../state/stores/stores.ts';
import { useCheckpoint } from '../../state/travel/checkpointStore.ts';
import { useShown } from '../../state/travel/shownNetwork.ts';
import { figure } from '../../ui/i18n/figure.ts';
import { useWords } from '../../ui/i18n/i18n.ts';
import { percent } from '../../ui/i18n/numbers.ts';
import { barsOf } from './barsOf.ts';
import type { NetworkInput } from './networkInput.ts';
import css from './PredictPanel.module.css';
import { PreprocessedImage } from './PreprocessedImage.tsx';
import { type Prediction, predict } from './predictor.ts';
import { usePredict } from './predictStore.ts';
import { useClassLabels } from './useClassLabels.ts';

/** Concatenated inputs. */
function joined(inputs: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(inputs.reduce((count, { length }) => count + length, 0));
  let at = 0;
  for (const input of inputs) {
    all.set(input, at);
    at += input.length;
  }
  return all;
}

/** Table of predictions for several images. A click shows an image. */
export function ImageTable({ network }: { readonly network: Extract<NetworkInput, { kind: 'image' }> }) {
  const { say } = useWords();
  const { images, image, invert, center, showImage } = usePredict();
  const { check } = useShown();
  const revision = useRun(({ run, state, epoch }) => `${run} ${state} ${epoch}`);
  const checkpoint = useCheckpoint(({ at }) => at);
  const inputs = useMemo(
    () => images.map(({ raster }) => imageInput(raster, network.shape, { invert, center, fit: network.fit })),
    [images, network.shape, network.fit, invert, center],
  );

  const answered = useNewest<Prediction | null>(null, () => predict(joined(inputs.map(({ input }) => input))), [
    inputs,
    check,
    revision,
    checkpoint,
  ]);
  const [prediction = null] = answered?.outputs ?? [];

  const words = useClassLabels();
  function answer(at: number): { label: string; sure: string } {
    if (inputs[at]?.blank === true) return { label: say('predict.blankShort'), sure: '' };
    if (prediction === null || prediction.values.length % images.length !== 0) return { label: '–', sure: '' };
    if (prediction.answers === 'numbers') {
      const width = prediction.values.length / images.length;
      return { label: [...prediction.values.subarray(at * width, (at + 1) * width)].map(figure).join(', '), sure: '' };
    }
    const [best] = barsOf(prediction, words, null, at, images.length).filter((bar) => bar.best);
    return { label: best?.label ?? '–', sure: best === undefined ? '' : percent(best.value) };
  }
  return (
    <div className={css.table}>
      <table aria-label={say('predict.images')}>
        <tbody>
          {images.map((each, at) => {
            const { label, sure } = answer(at);
            return (
              <tr key={each.id} aria-current={each === image || undefined}>
                <td className={css.small}>
                  <PreprocessedImage input={inputs[at]?.input ?? null} shape={network.shape} />
                </td>
                <th scope="row">
                  <button type="button" title={each.name} onClick={() => showImage(each)}>
                    {each.name}
                  </button>
                </th>
                <td className={css.label}>{label}</td>
                <td className={css.value}>{sure}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
