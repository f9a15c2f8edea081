import type { ReactNode } from 'react';
import { frozenDrawing } from '../../../src/blocks/icons.ts';

/** Paths on a grid of 16, in the color of the surrounding text. */
const drawings = {
  new: <path d="M4 1.8h5.2L12.5 5v9.2H4zM9 2v3.3h3.3" />,
  open: <path d="M1.8 13V3.2h4l1.5 1.9h5.4v2M1.8 13l2-5.9h11L12.7 13z" />,
  note: <path d="M2.5 2.5h11v7.3l-3.7 3.7H2.5zM13.3 9.800H9.800v3.500" />,
  frame: <path d="M2.5 5V2.500H5M11 2.500h2.500V5M13.500 11v2.500H11M5 13.500H2.500V11" />,
  save: <path d="M2.5 2.5h8.6l2.4 2.4v8.6h-11zM5 2.6v3.6h5V2.6M5 13.4V9.2h6v4.2" />,
  undo: <path d="M5.6 3 2.6 6l3 3M2.8 6h6.4a3.6 3.6 0 0 1 0 7.2H6" />,
  redo: <path d="m10.4 3 3 3-3 3M13.2 6H6.800a3.6 3.6 0 0 0 0 7.200H10" />,
  light: (
    <path d="M8 5.200a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.600M8 1.300v1.500M8 13.200v1.500M1.3 8h1.500M13.2 8h1.500M3.3 3.300l1 1M11.7 11.700l1 1M3.3 12.700l1-1M11.7 4.300l1-1" />
  ),
  dark: <path d="M13.3 9.700A5.7 5.7 0 0 1 6.3 2.700a5.7 5.7 0 1 0 7 7z" />,
  contrast: (
    <>
      <path d="M8 1.800a6.2 6.2 0 1 0 0 12.400A6.2 6.2 0 0 0 8 1.800z" />
      <path d="M8 1.800a6.2 6.2 0 0 1 0 12.400z" fill="currentColor" />
    </>
  ),
  menu: <path d="M2.5 4h11M2.5 8h11M2.5 12h11" />,
  system: <path d="M1.8 2.800h12.400v8.200H1.800zM5.5 13.600h5M8 11v2.6" />,
  language: (
    <path d="M8 1.800a6.2 6.2 0 1 0 0 12.400A6.2 6.2 0 0 0 8 1.800zM1.9 8h12.200M8 1.900c3.2 3.4 3.2 8.8 0 12.200M8 1.900c-3.2 3.4-3.2 8.8 0 12.2" />
  ),
  left: <path d="M1.8 2.800h12.400v10.400H1.800zM6 2.800v10.4" />,
  bottom: <path d="M1.8 2.800h12.400v10.400H1.800zM1.8 9.400h12.4" />,
  right: <path d="M1.8 2.800h12.400v10.400H1.800zM10 2.800v10.4" />,
  export: <path d="M8 1.800v8M4.8 6.8 8 10l3.2-3.200M2.5 11.500v2.700h11v-2.7" />,
  play: <path d="M4.5 2.600v10.800L13 8z" fill="currentColor" />,
  pause: <path d="M4.7 3v10M11.3 3v10" strokeWidth="2.6" />,
  step: <path d="M3.5 3.200v9.600L10 8zM12.5 3v10" />,
  stop: <path d="M3.8 3.800h8.400v8.400H3.800z" fill="currentColor" />,
  search: <path d="M7 2.500a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM10.3 10.300l3.5 3.5" />,
  close: <path d="m4 4 8 8M12 4l-8 8" />,
  reset: <path d="M3 3v3.5h3.5M3.3 6.2A5.3 5.3 0 1 1 2.8 9" />,
  help: (
    <path d="M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8zM6.2 6.3a1.8 1.8 0 1 1 2.6 1.6c-.6.3-.8.6-.8 1.2M8 11.2v.1" />
  ),
  link: (
    <path d="M6.5 9.500l3-3M7 4.800l1.3-1.300a2.7 2.7 0 0 1 3.9 3.900L11 8.800M9 11.200l-1.3 1.300a2.7 2.7 0 0 1-3.9-3.900L5 7.2" />
  ),
  error: <path d="M8 1.800a6.2 6.2 0 1 0 0 12.400A6.2 6.2 0 0 0 8 1.800zM8 4.800v4M8 11v.300" />,
  warning: <path d="M8 2 1.7 13.400h12.600zM8 6.200v3.500M8 11.300v.3" />,
  hint: <path d="M5.600 10.200a4.200 4.200 0 1 1 4.800 0v1.600H5.600zM6.300 14.200h3.4" />,
  good: <path d="m2.8 8.6 3.4 3.4 7-8" />,
  frozen: <path d={frozenDrawing.lines} />,
  pin: <path d="M5.5 2h5M6.5 2v4.5L4 9.5h8L9.5 6.5V2M8 9.5V14" />,
  fit: <path d="M2 5.500V2h3.500M10.5 2H14v3.500M14 10.500V14h-3.500M5.5 14H2v-3.5" />,
  tidy: <path d="M2 2h5v3.500H2zM2 10.500h5V14H2zM9.500 6.300h4.500v3.500H9.500zM4.500 5.500v5M7 12.200h4.800V9.800" />,
  lock: <path d="M3.5 7h9v6.5h-9zM5.300 7V5a2.700 2.700 0 0 1 5.400 0v2" />,
  enter: <path d="M6 2.500h7.500v11H6M2 8h7.500M6.800 5.200 9.500 8l-2.700 2.800" />,
  previous: <path d="M10 3.500 5.500 8l4.500 4.500" />,
  next: <path d="M6 3.500 10.500 8 6 12.500" />,
  swap: <path d="M2.500 5.500h10.500M10.500 3 13 5.500 10.500 8M13.500 10.500H3M5.500 8 3 10.500 5.500 13" />,
  shuffle: (
    <path d="M2 4.500h2.500c3.500 0 3.500 7 7 7H14M2 11.500h2.500c1.300 0 2.100-1 2.700-2.200M8.800 6.700c.6-1.200 1.400-2.200 2.700-2.200H14M12 2.500l2 2-2 2M12 9.500l2 2-2 2" />
  ),
  branch: (
    <path d="M4.500 5.800v4.400M4.500 5.800a1.800 1.800 0 1 0 0-3.600 1.800 1.800 0 0 0 0 3.600zM4.500 13.800a1.800 1.800 0 1 0 0-3.600 1.800 1.800 0 0 0 0 3.600zM11.500 7.800a1.800 1.800 0 1 0 0-3.600 1.800 1.800 0 0 0 0 3.600zM11.500 7.800c0 2.200-3 2.400-5.300 3.400" />
  ),
  take: <path d="M8 1.800v7.400M5 6.400l3 3 3-3M2.500 9.500v4.300h11V9.500" />,
  up: <path d="m3.5 10 4.500-4.500L12.500 10" />,
  down: <path d="m3.5 6 4.500 4.500L12.500 6" />,
  adjust: (
    <path d="M2 4.500h6.500M12 4.500h2M2 11.500h2M7.500 11.500H14M10.200 2.800a1.700 1.700 0 1 0 0 3.400 1.700 1.700 0 0 0 0-3.400zM5.700 9.800a1.700 1.700 0 1 0 0 3.400 1.700 1.700 0 0 0 0-3.400z" />
  ),
  maximize: <path d="M9.500 2.500h4v4M13.500 2.500l-4.500 4.500M6.500 13.500h-4v-4M2.500 13.500l4.500-4.500" />,
  restore: <path d="M13.5 7h-4V3M9.500 7l4-4.500M2.500 9h4v4M6.500 9l-4 4.500" />,
  draw: <path d="M10.800 2.600l2.600 2.600L5.800 12.800l-3.300.700.700-3.300zM9 4.400 11.600 7" />,
  table: <path d="M2 2.500h12v11H2zM2 6.200h12M2 9.800h12M6.500 6.200v7.300" />,
  resize: <path d="M2.5 6.500v7h7v-7zM9.500 2.500h4v4M13.500 2.500 9 7" />,
  centerCrop: <path d="M2.5 2.500h11v11h-11zM5.5 5.500h5v5h-5z" />,
  pad: <path d="M5 5h6v6H5zM2 2h12v12H2zM2 2l3 3M14 2l-3 3M2 14l3-3M14 14l-3-3" />,
  crop: <path d="M4.500 1.500v10h10M1.500 4.500h10v10" />,
  resizedCrop: <path d="M4.500 1.500v10h10M1.500 4.500h10v10M10 6.500H7M7 6.500v3M7 9.500 10 6.500" />,
  flipAcross: <path d="M8 1.500v13M5.500 4v8H1.500zM10.500 4v8h4z" />,
  flipDown: <path d="M1.500 8h13M4 5.500h8V1.500zM4 10.500h8v4z" />,
  rotate: <path d="M13.200 8.500A5.300 5.300 0 1 1 11 3.900M11.500 1.500V4.500H8.500" />,
  affine: <path d="M5 3h9l-3 10H2zM5 3 2 13" />,
  perspective: <path d="M2 2.500 14 5v6L2 13.500zM6 3.300v9.400M2 8h12" />,
  palette: (
    <path d="M8 1.800a6.200 6.200 0 1 0 0 12.400c1.500 0 1.700-1 1.200-1.800-.6-1 0-2 1.200-2h1.600c1.300 0 2.200-1 2.200-2.400A6.200 6.200 0 0 0 8 1.800zM5 8v.1M6.200 5.200v.1M9.800 5.200v.1" />
  ),
  gray: (
    <>
      <path d="M2.500 2.500h11v11h-11z" />
      <path d="M2.500 13.500v-11l11 11z" fill="currentColor" />
    </>
  ),
  blur: (
    <path d="M8 1.800s4.500 4.700 4.500 8a4.500 4.500 0 0 1-9 0c0-3.300 4.500-8 4.500-8zM8 12a2.200 2.200 0 0 1-2.200-2.200" />
  ),
  noise: (
    <path
      d="M3 3v.1M8 4v.1M13 3v.1M5 7v.1M10.500 7.500v.1M3 11v.1M7.500 11.500v.1M13 11v.1M5.500 13.500v.1M10.500 13.500v.1"
      strokeWidth="2"
    />
  ),
  erase: (
    <>
      <path d="M2.500 2.500h11v11h-11z" />
      <path d="M5 6h5v5H5z" fill="currentColor" />
    </>
  ),
  dice: <path d="M2.500 2.500h11v11h-11zM5.500 5.500v.1M10.500 5.500v.1M8 8v.1M5.500 10.500v.1M10.500 10.500v.1" />,
  bell: <path d="M1.500 13h13M2 12c4 0 3.500-9 6-9s2 9 6 9" />,
  grip: <path d="M6 4v.1M10 4v.1M6 8v.1M10 8v.1M6 12v.1M10 12v.1" strokeWidth="2" />,
  remove: <path d="M2.500 4.500h11M6 4.500V2.500h4v2M4 4.500l.7 9h6.600l.7-9M6.700 7v4M9.300 7v4" />,
  zoomIn: <path d="M8 3v10M3 8h10" />,
  zoomOut: <path d="M3 8h10" />,
} satisfies Record<string, ReactNode>;
export type IconName = keyof typeof drawings;

export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      {drawings[name]}
    </svg>
  );
}
