import { useEffect, useMemo, useState } from 'react';
import { pictureInput } from '../../../src/data/pictureInput.ts';
import type { OutputPrediction } from '../../../src/protocol/results.ts';
import { useRun } from '../../state/stores/stores.ts';
import { useCheckpoint } from '../../state/travel/checkpointStore.ts';
import { useShown } from '../../state/travel/shownNetwork.ts';
import { figure } from '../../ui/i18n/figure.ts';
import { useWords } from '../../ui/i18n/i18n.ts';
import { percent } from '../../ui/i18n/numbers.ts';
import { barsOf } from './barsOf.ts';
import type { NetworkInput } from './networkInput.ts';
import css from './PredictPanel.module.css';
import { predict } from './predictor.ts';
import { usePredict } from './predictStore.ts';
import { Seen } from './Seen.tsx';

/** What the network makes of each of several pictures; a press shows one of them. */
export function PictureTable({ network }: { readonly network: Extract<NetworkInput, { kind: 'picture' }> }) {
  const { say } = useWords();
  const { pictures, picture, invert, centre, showPicture } = usePredict();
  const { check } = useShown();
  const revision = useRun(({ run, state, epoch }) => `${run} ${state} ${epoch}`);
  const checkpoint = useCheckpoint(({ at }) => at);
  const [prediction, setPrediction] = useState<OutputPrediction | null>(null);
  const inputs = useMemo(
    () => pictures.map(({ image }) => pictureInput(image, network.shape, { invert, centre })),
    [pictures, network.shape, invert, centre],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: other weights and drawings are reasons to ask again
  useEffect(() => {
    let late = false;
    const joined = new Float32Array(inputs.reduce((count, { input }) => count + input.length, 0));
    let at = 0;
    for (const { input } of inputs) {
      joined.set(input, at);
      at += input.length;
    }
    predict(joined)
      .then((answer) => {
        if (!late) setPrediction(answer?.outputs[0] ?? null);
      })
      .catch(console.error);
    return () => {
      late = true;
    };
  }, [inputs, check, revision, checkpoint]);

  const words = { yes: say('results.yes'), no: say('results.no') };
  function answer(at: number): { label: string; sure: string } {
    if (inputs[at]?.blank === true) return { label: say('predict.blankShort'), sure: '' };
    if (prediction === null || prediction.values.length % pictures.length !== 0) return { label: '–', sure: '' };
    if (prediction.answers === 'numbers') {
      const width = prediction.values.length / pictures.length;
      return { label: [...prediction.values.subarray(at * width, (at + 1) * width)].map(figure).join(', '), sure: '' };
    }
    const [best] = barsOf(prediction, words, null, at, pictures.length).filter((bar) => bar.best);
    return { label: best?.label ?? '–', sure: best === undefined ? '' : percent(best.value) };
  }
  return (
    <div className={css.table}>
      <table aria-label={say('predict.pictures')}>
        <tbody>
          {pictures.map((each, at) => {
            const { label, sure } = answer(at);
            return (
              <tr key={each.id} aria-current={each === picture || undefined}>
                <td className={css.small}>
                  <Seen input={inputs[at]?.input ?? null} shape={network.shape} />
                </td>
                <th scope="row">
                  <button type="button" title={each.name} onClick={() => showPicture(each)}>
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
