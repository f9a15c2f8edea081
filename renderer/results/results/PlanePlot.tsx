import { type PointerEvent, useEffect, useRef } from 'react';
import { useTheme } from '../../ui/theme/useTheme.ts';
import css from './Plane.module.css';
import { type Color, classColor, numberColor, type Palette, regionPixels } from './planeOf.ts';
import { CELLS, type Plane } from './usePlane.ts';

interface Props {
  readonly plane: Plane;
  readonly label: string;
  /** Coordinates of a marked point. */
  readonly marked?: readonly number[];
  onPick(x: number, y: number): void;
}

/** Custom properties of the theme with the class colors. */
const COLORS = ['convolution', 'linear', 'normalization', 'regularization', 'activation', 'pooling', 'blocks'] as const;

/** Color from any CSS notation; the canvas converts it to #rrggbb. */
function colorOf(context: CanvasRenderingContext2D, text: string): Color {
  context.fillStyle = text.trim();
  const value = Number.parseInt(String(context.fillStyle).slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

const css3 = ([red, green, blue]: Color): string => `rgb(${red} ${green} ${blue})`;

/** Predictions over the plane, with the samples on top in the color of their true class; misclassified ones have a cross. */
export function PlanePlot({ plane, label, marked, onPick }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();

  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme has other colors
  useEffect(() => {
    const sheet = canvas.current;
    if (sheet === null) return;
    const paint = (): void => paintPlane(sheet, plane, marked);
    const resized = new ResizeObserver(paint);
    resized.observe(sheet);
    paint();
    return () => resized.disconnect();
  }, [plane, marked, theme]);

  function pick({ clientX, clientY, buttons, currentTarget }: PointerEvent<HTMLCanvasElement>): void {
    if (buttons !== 1) return;
    const box = currentTarget.getBoundingClientRect();
    const { left, right, bottom, top } = plane.bounds;
    const x = left + ((clientX - box.x) / box.width) * (right - left);
    const y = top - ((clientY - box.y) / box.height) * (top - bottom);
    onPick(x, y);
  }

  return (
    <canvas
      ref={canvas}
      role="img"
      aria-label={label}
      className={css.plane}
      onPointerDown={pick}
      onPointerMove={pick}
    />
  );
}

function paintPlane(sheet: HTMLCanvasElement, { bounds, points, prediction }: Plane, marked?: readonly number[]): void {
  const context = sheet.getContext('2d');
  const { clientWidth: width, clientHeight: height } = sheet;
  if (context === null || width === 0) return;
  sheet.width = width * devicePixelRatio;
  sheet.height = height * devicePixelRatio;
  context.scale(devicePixelRatio, devicePixelRatio);
  const style = getComputedStyle(sheet);
  const text = style.getPropertyValue('--text');
  const numbers = prediction?.answers === 'numbers';
  const palette: Palette = {
    classes: COLORS.map((name) => colorOf(context, style.getPropertyValue(`--category-${name}`))),
    paper: colorOf(context, style.getPropertyValue('--panel')),
    ends: [Math.min(...points.truth), Math.max(...points.truth)],
  };
  const cells = CELLS * CELLS;
  const count = cells + points.truth.length;
  if (prediction !== null && prediction.values.length % count === 0) {
    const each = prediction.values.length / count;
    const pixels = regionPixels(
      { answers: prediction.answers, values: prediction.values.subarray(0, cells * each) },
      cells,
      palette,
    );
    const small = new OffscreenCanvas(CELLS, CELLS);
    small.getContext('2d')?.putImageData(new ImageData(pixels, CELLS, CELLS), 0, 0);
    context.imageSmoothingQuality = 'high';
    context.drawImage(small, 0, 0, width, height);
  }
  const { left, right, bottom, top } = bounds;
  const place = (x: number, y: number): [number, number] => [
    ((x - left) / (right - left)) * width,
    ((top - y) / (top - bottom)) * height,
  ];
  for (let i = 0; i < points.truth.length; i++) {
    const [x, y] = place(points.at[2 * i] as number, points.at[2 * i + 1] as number);
    const truth = points.truth[i] as number;
    context.beginPath();
    context.arc(x, y, 3.2, 0, 7);
    context.fillStyle = css3(numbers ? numberColor(palette, truth) : classColor(palette, truth));
    context.fill();
    context.lineWidth = 1;
    context.strokeStyle = style.getPropertyValue('--panel');
    context.stroke();
    if (!isMissed(i)) continue;
    context.strokeStyle = text;
    context.lineWidth = 1.4;
    context.beginPath();
    context.moveTo(x - 5, y - 5);
    context.lineTo(x + 5, y + 5);
    context.moveTo(x + 5, y - 5);
    context.lineTo(x - 5, y + 5);
    context.stroke();
  }
  if (marked?.length === 2) {
    const [x, y] = place(marked[0] as number, marked[1] as number);
    context.strokeStyle = text;
    context.lineWidth = 2;
    context.beginPath();
    context.arc(x, y, 7, 0, 7);
    context.moveTo(x - 12, y);
    context.lineTo(x + 12, y);
    context.moveTo(x, y - 12);
    context.lineTo(x, y + 12);
    context.stroke();
  }

  function isMissed(i: number): boolean {
    if (prediction === null || numbers || prediction.values.length % count !== 0) return false;
    const each = prediction.values.length / count;
    const values = prediction.values.subarray((cells + i) * each, (cells + i + 1) * each);
    const answer =
      prediction.answers === 'binary' ? Number((values[0] as number) > 0.5) : values.indexOf(Math.max(...values));
    return answer !== points.truth[i];
  }
}
