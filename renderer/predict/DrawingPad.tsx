import { type PointerEvent, useEffect, useRef } from 'react';
import type { GreyImage } from '../../src/data/digitImage.ts';
import css from './PredictPad.module.css';

const SIZE = 280;
/** About as thick as MNIST's strokes: two and a half of 28 pixels. */
const PEN = 24;

interface Props {
  readonly label: string;
  readonly disabled: boolean;
  /** Called at most once a frame while the pen moves. */
  onDraw(image: GreyImage): void;
}

function readImage(context: CanvasRenderingContext2D): GreyImage {
  const { data } = context.getImageData(0, 0, SIZE, SIZE);
  const pixels = new Float32Array(SIZE * SIZE);
  // White on black: any channel tells.
  for (let i = 0; i < pixels.length; i++) pixels[i] = (data[4 * i] as number) / 255;
  return { width: SIZE, height: SIZE, pixels };
}

export function DrawingPad({ label, disabled, onDraw }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const context = useRef<CanvasRenderingContext2D | null>(null);
  const frame = useRef(0);

  useEffect(() => {
    const drawing = canvas.current?.getContext('2d', { willReadFrequently: true }) ?? null;
    context.current = drawing;
    if (drawing === null) return;
    drawing.fillStyle = '#000';
    drawing.fillRect(0, 0, SIZE, SIZE);
    drawing.strokeStyle = '#fff';
    drawing.lineWidth = PEN;
    drawing.lineCap = 'round';
    drawing.lineJoin = 'round';
    return () => cancelAnimationFrame(frame.current);
  }, []);

  function at({ clientX, clientY }: { clientX: number; clientY: number }): [number, number] {
    const box = canvas.current?.getBoundingClientRect() ?? new DOMRect(0, 0, SIZE, SIZE);
    return [((clientX - box.x) / box.width) * SIZE, ((clientY - box.y) / box.height) * SIZE];
  }

  function report(): void {
    frame.current ||= requestAnimationFrame(() => {
      frame.current = 0;
      if (context.current !== null) onDraw(readImage(context.current));
    });
  }

  function onPointerDown(event: PointerEvent<HTMLCanvasElement>): void {
    if (disabled || event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const [x, y] = at(event);
    context.current?.beginPath();
    context.current?.moveTo(x, y);
    // A touch without a move leaves a dot.
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
