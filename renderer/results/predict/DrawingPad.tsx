import { type PointerEvent, useEffect, useRef } from 'react';
import type { GrayImage } from '../../../src/data/digitImage.ts';
import css from './DrawingPad.module.css';

const SIZE = 280;
/** Pen width close to the strokes of MNIST: 2.5 of 28 pixels. */
const PEN = 24;
const ERASER = 40;

interface Props {
  readonly label: string;
  readonly disabled: boolean;
  /** Image to show; null clears the pad. */
  readonly drawing: GrayImage | null;
  readonly eraser?: boolean;
  /** Called at most once per frame while the pen moves. */
  onDraw(image: GrayImage): void;
}

function readImage(context: CanvasRenderingContext2D): GrayImage {
  const { data } = context.getImageData(0, 0, SIZE, SIZE);
  const pixels = new Float32Array(SIZE * SIZE);
  // The drawing is white on black, so any channel has the value.
  for (let i = 0; i < pixels.length; i++) pixels[i] = (data[4 * i] as number) / 255;
  return { width: SIZE, height: SIZE, pixels };
}

function asPixels({ width, height, pixels }: GrayImage): ImageData {
  const data = new Uint8ClampedArray(4 * width * height).fill(255);
  for (let i = 0; i < pixels.length; i++) data.fill((pixels[i] as number) * 255, 4 * i, 4 * i + 3);
  return new ImageData(data, width, height);
}

export function DrawingPad({ label, disabled, drawing, eraser = false, onDraw }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const context = useRef<CanvasRenderingContext2D | null>(null);
  const frame = useRef(0);

  useEffect(() => {
    const sheet = canvas.current?.getContext('2d', { willReadFrequently: true }) ?? null;
    context.current = sheet;
    if (sheet === null) return;
    sheet.lineCap = 'round';
    sheet.lineJoin = 'round';
    return () => cancelAnimationFrame(frame.current);
  }, []);

  // Last image drawn here; it is on the pad already.
  const own = useRef<GrayImage | null>(null);
  useEffect(() => {
    const sheet = context.current;
    if (sheet === null || (drawing !== null && drawing === own.current)) return;
    own.current = drawing;
    sheet.fillStyle = '#000';
    sheet.fillRect(0, 0, SIZE, SIZE);
    if (drawing !== null) sheet.putImageData(asPixels(drawing), 0, 0);
  }, [drawing]);

  function at({ clientX, clientY }: { clientX: number; clientY: number }): [number, number] {
    const box = canvas.current?.getBoundingClientRect() ?? new DOMRect(0, 0, SIZE, SIZE);
    return [((clientX - box.x) / box.width) * SIZE, ((clientY - box.y) / box.height) * SIZE];
  }

  function report(): void {
    frame.current ||= requestAnimationFrame(() => {
      frame.current = 0;
      if (context.current === null) return;
      own.current = readImage(context.current);
      onDraw(own.current);
    });
  }

  function onPointerDown(event: PointerEvent<HTMLCanvasElement>): void {
    if (disabled || event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const [x, y] = at(event);
    if (context.current !== null) {
      context.current.strokeStyle = eraser ? '#000' : '#fff';
      context.current.lineWidth = eraser ? ERASER : PEN;
    }
    context.current?.beginPath();
    context.current?.moveTo(x, y);
    // A tap without movement leaves a dot.
    context.current?.lineTo(x, y);
    context.current?.stroke();
    report();
  }

  function onPointerMove(event: PointerEvent<HTMLCanvasElement>): void {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const between = event.nativeEvent.getCoalescedEvents();
    for (const point of between.length > 0 ? between : [event]) {
      const [x, y] = at(point);
      context.current?.lineTo(x, y);
      context.current?.stroke();
      context.current?.beginPath();
      context.current?.moveTo(x, y);
    }
    report();
  }

  return (
    <canvas
      ref={canvas}
      width={SIZE}
      height={SIZE}
      role="img"
      aria-label={label}
      aria-disabled={disabled}
      className={css.pad}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
    />
  );
}
