import { useEffect, useState } from 'react';
import { callDesktop } from '../../state/desktop/desktop.ts';
import { useUi } from '../../state/stores/stores.ts';
import type { Message } from '../../ui/i18n/i18n.ts';
import { usePredict } from './predictStore.ts';
import { colorOf } from './readImage.ts';

/** Predicted camera frames per second. */
const RATE = 8;

/** Message for an error of the Media Capture API, by the name of the error. */
function reasonOf(error: unknown): Message {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  if (name === 'NotAllowedError') return { key: 'predict.cameraRefused' };
  if (name === 'NotFoundError') return { key: 'predict.cameraMissing' };
  if (name === 'NotReadableError') return { key: 'predict.cameraBusy' };
  return { key: 'predict.noCamera', values: { reason: message } };
}

/** Camera, off until it is turned on. It turns off when its component is unmounted. */
export function useCamera(name: string): { readonly on: boolean; toggle(): void } {
  const [on, setOn] = useState(false);

  useEffect(() => {
    if (!on) return;
    let ended = false;
    let timer: ReturnType<typeof setInterval> | null = null;
    let stream: MediaStream | null = null;
    const video = document.createElement('video');
    video.muted = true;

    async function start(): Promise<void> {
      if (!(await callDesktop('allowCamera', true))) throw new DOMException('', 'NotAllowedError');
      const opened = await navigator.mediaDevices.getUserMedia({ video: { width: 640, height: 480 }, audio: false });
      if (ended) {
        for (const track of opened.getTracks()) track.stop();
        return;
      }
      stream = opened;
      video.srcObject = opened;
      await video.play();
      if (ended) return;
      useUi.getState().settle('camera');
      timer = setInterval(() => {
        if (video.videoWidth === 0) return;
        usePredict.getState().replaceImage(name, colorOf(video, video.videoWidth, video.videoHeight));
      }, 1000 / RATE);
    }

    start().catch((error: unknown) => {
      if (ended) return;
      setOn(false);
      useUi.getState().notify({ tone: 'bad', about: 'camera', message: reasonOf(error) });
    });
    return () => {
      ended = true;
      if (timer !== null) clearInterval(timer);
      for (const track of stream?.getTracks() ?? []) track.stop();
      video.srcObject = null;
      callDesktop('allowCamera', false).catch(console.error);
    };
  }, [on, name]);

  // Another source of input turns the camera off.
  const source = usePredict((state) => state.source);
  const shown = usePredict((state) => state.image?.name);
  const elsewhere = source !== 'image' || shown !== name;
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    if (!on) setSeen(false);
    else if (!elsewhere) setSeen(true);
    else if (seen) setOn(false);
  }, [on, elsewhere, seen]);

  return { on, toggle: () => setOn(!on) };
}
