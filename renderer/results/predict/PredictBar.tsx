import { useEffect, useId, useRef } from 'react';
import { useShown } from '../../state/travel/shownNetwork.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { Select } from '../../ui/controls/Select.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { whole } from '../../ui/i18n/numbers.ts';
import type { NetworkInput } from './networkInput.ts';
import css from './PredictPanel.module.css';
import { showSample, usePredict, useRefusal, useShownSample } from './predictStore.ts';
import { takeImages } from './takeImages.ts';
import { useCamera } from './useCamera.ts';

/** Toolbar with the input sources. */
export function PredictBar({ network, onPaste }: { readonly network: NetworkInput; onPaste(): void }) {
  const { say, pick } = useWords();
  const files = useRef<HTMLInputElement>(null);
  const topId = useId();
  const source = usePredict((state) => state.source);
  const shown = useShownSample();
  const refusal = useRefusal();
  const top = usePredict((state) => state.top);
  const { set } = usePredict.getState();
  const camera = useCamera(say('predict.camera'));
  const isImage = network.kind === 'image';
  const canDraw = isImage && network.shape[0] === 1;
  const data = useShown().document.data;

  // Start with a sample if drawing is impossible, or if the shown sample belongs to another dataset.
  const begin = (!canDraw && source === 'drawing') || (source === 'sample' && shown === null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another dataset has other samples
  useEffect(() => {
    if (begin) void showSample('validation', 0);
  }, [begin, data]);

  const go = (step: number): void => {
    void showSample('validation', shown?.place == null ? 0 : shown.place + step);
  };
  return (
    <div className={css.bar}>
      {canDraw && (
        <Button
          label={say('predict.byHand')}
          look={source === 'drawing' ? 'outlined' : 'plain'}
          onClick={() => set({ source: 'drawing' })}
        >
          {say('predict.byHand')}
        </Button>
      )}
      <span className={css.samples}>
        <Button label={say('predict.previous')} icon="previous" onClick={() => go(-1)} />
        <span>
          {source === 'sample' && shown !== null && shown.place !== null
            ? say('predict.place', { place: whole(shown.place + 1), total: whole(shown.total) })
            : say('predict.validation')}
        </span>
        <Button label={say('predict.next')} icon="next" onClick={() => go(1)} />
      </span>
      {isImage && (
        <div className={css.images}>
          <Button label={say('predict.files')} icon="open" look="outlined" onClick={() => files.current?.click()}>
            {say('predict.files')}
          </Button>
          <input
            ref={files}
            type="file"
            accept="image/*"
            multiple
            hidden
            aria-label={say('predict.files')}
            onChange={({ target }) => {
              takeImages([...(target.files ?? [])]).catch(console.error);
              target.value = '';
            }}
          />
          <Button label={say('predict.paste')} onClick={onPaste}>
            {say('predict.paste')}
          </Button>
          <Button label={say(camera.on ? 'predict.cameraStop' : 'predict.cameraStart')} onClick={camera.toggle}>
            {say(camera.on ? 'predict.cameraStop' : 'predict.cameraStart')}
          </Button>
          <span className={css.drop}>{say('predict.dropHere')}</span>
        </div>
      )}
      <span className={css.space} />
      <label className={css.top} htmlFor={topId}>
        {say('predict.top')}
        <Select
          id={topId}
          value={top ?? 'all'}
          onChange={({ target }) => set({ top: target.value === 'all' ? null : Number(target.value) })}
        >
          <option value="all">{say('predict.topAll')}</option>
          {[3, 5, 10].map((k) => (
            <option key={k} value={k}>
              {k}
            </option>
          ))}
        </Select>
      </label>
      {refusal !== null && (
        <p className={css.refused} role="alert">
          {pick(refusal)}
        </p>
      )}
    </div>
  );
}
