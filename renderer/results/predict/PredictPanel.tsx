import { type DragEvent, type KeyboardEvent, useMemo, useRef } from 'react';
import { shapeText } from '../../../src/layers/config.ts';
import { chordOf } from '../../state/commands/keymap.ts';
import { callDesktop } from '../../state/desktop/desktop.ts';
import { useShown } from '../../state/travel/shownNetwork.ts';
import { EmptyState } from '../../ui/controls/EmptyState.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { isTyping } from '../../ui/keys/typing.ts';
import { ImageTable } from './ImageTable.tsx';
import { networkInput } from './networkInput.ts';
import { PredictBar } from './PredictBar.tsx';
import { PredictionView } from './PredictionView.tsx';
import css from './PredictPanel.module.css';
import { PreprocessedImage } from './PreprocessedImage.tsx';
import { PreprocessingOptions } from './PreprocessingOptions.tsx';
import { inputOf, usePredict, useShownSample } from './predictStore.ts';
import { SourceView } from './SourceView.tsx';
import { takeImages } from './takeImages.ts';
import { usePrediction } from './usePrediction.ts';

/** Panel for predictions of drawings, files, pasted images, camera frames and samples of the dataset. */
export function PredictPanel() {
  const { say, tell } = useWords();
  const paste = useRef<HTMLTextAreaElement>(null);
  const { check } = useShown();
  const network = useMemo(() => networkInput(check), [check]);
  const { source, drawing, image, images, numbers, invert, center } = usePredict();
  const shown = useShownSample();
  const { input, inverted, blank } = useMemo(
    () => inputOf({ source, drawing, image, shown, numbers, invert, center }, network),
    [source, drawing, image, shown, numbers, invert, center, network],
  );
  const prediction = usePrediction(blank ? null : input);

  if (network.kind === 'none') {
    return <EmptyState>{tell(network.why)}</EmptyState>;
  }
  const isImage = network.kind === 'image';
  const canDraw = isImage && network.shape[0] === 1;

  function onDrop(event: DragEvent): void {
    const files = [...event.dataTransfer.files];
    if (files.length === 0 || !isImage) return;
    event.preventDefault();
    takeImages(files).catch(console.error);
  }

  /** Focuses the hidden text field for a paste event, since only text fields receive one. */
  async function pasteHere(): Promise<void> {
    const before = document.activeElement;
    paste.current?.focus();
    await callDesktop('editText', 'paste');
    if (before instanceof HTMLElement) before.focus();
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (!isImage || chordOf(event) !== 'Mod+V' || isTyping(event.target)) return;
    event.preventDefault();
    pasteHere().catch(console.error);
  }

  return (
    <section
      className={css.panel}
      aria-label={say('predict.panel')}
      // Dropped images are not opened as network files.
      data-drop={isImage || undefined}
      onDragOver={(event) => isImage && event.preventDefault()}
      onDrop={onDrop}
      onKeyDown={onKeyDown}
      onPaste={(event) => {
        const files = [...event.clipboardData.files];
        if (files.length === 0 || !isImage) return;
        event.preventDefault();
        takeImages(files).catch(console.error);
      }}
    >
      <PredictBar network={network} onPaste={() => void pasteHere().catch(console.error)} />
      <textarea ref={paste} tabIndex={-1} aria-hidden="true" className={css.paste} />
      <div className={css.body}>
        <SourceView network={network} />
        {isImage && (
          <div className={css.column}>
            <h2>{say('predict.seen', { shape: shapeText(network.shape) })}</h2>
            <div className={css.square}>
              <PreprocessedImage
                input={input}
                shape={network.shape}
                label={say('predict.seen', { shape: shapeText(network.shape) })}
              />
            </div>
          </div>
        )}
        {network.kind === 'image' && network.fit === null && source === 'image' && (
          <PreprocessingOptions shape={network.shape} inverted={inverted} />
        )}
        {blank ? (
          <p role="status">{say('predict.blank')}</p>
        ) : (
          <PredictionView
            prediction={prediction}
            empty={input === null}
            nothing={say(canDraw ? 'predict.nothing' : 'predict.none')}
          />
        )}
        {network.kind === 'image' && source === 'image' && images.length > 1 && <ImageTable network={network} />}
      </div>
    </section>
  );
}
