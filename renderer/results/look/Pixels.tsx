import { type CSSProperties, useEffect, useRef } from 'react';
import css from './Pixels.module.css';
import type { Raster } from './raster.ts';

interface Props {
  readonly raster: Raster;
  /** Label for screen readers. Without it they skip the image. */
  readonly label?: string;
  readonly className?: string | undefined;
  readonly style?: CSSProperties;
}

/** Image with sharp pixels at any size. */
export function Pixels({ raster, label, className, style }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width, height, pixels } = raster;
  useEffect(() => {
    canvas.current?.getContext('2d')?.putImageData(new ImageData(pixels, width, height), 0, 0);
  }, [pixels, width, height]);
  return (
    <canvas
      ref={canvas}
      width={width}
      height={height}
      className={className === undefined ? css.pixels : `${css.pixels} ${className}`}
      style={style}
      role={label === undefined ? undefined : 'img'}
      aria-label={label}
      aria-hidden={label === undefined}
    />
  );
}
