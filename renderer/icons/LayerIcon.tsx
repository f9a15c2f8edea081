import type { ReactNode } from 'react';
import type { Category } from '../../src/layers/layer.ts';

/** A small picture of what the layer does to its input. */
const byLayer: Readonly<Record<string, ReactNode>> = {
  input: <path d="M2 8h9M7.5 4.5 11 8l-3.5 3.500M13.5 3v10" />,
  classifier: <path d="M2.5 13.500V9M6.2 13.500V3M9.8 13.500V7M13.5 13.500v-3" strokeWidth="2" />,
  conv2d: <path d="M2 2h6v6H2zM8 8h6v6H8zM4.5 8v3.500H8M8 4.500h3.500V8" />,
  maxPool2d: <path d="M2 2h12v12H2zM8 2v12M2 8h12M8.5 2.500h5v5h-5z" />,
  avgPool2d: <path d="M2 2h12v12H2zM8 2v12M2 8h12" />,
  relu: <path d="M1.5 12H8l5.5-8.5" />,
  sigmoid: <path d="M1.5 13c7.5 0 5.5-10 13-10" />,
  tanh: <path d="M1.5 13C8.5 13 7.5 3 14.5 3M1.5 8h1.800M12.7 8h1.8" />,
  linear: (
    <path
      d="M4.8 4h6.400M4.8 12h6.400M4.5 4.900l7 6.200M4.5 11.100l7-6.200M3.3 2.800a1.2 1.2 0 1 0 0 2.4 1.2 1.2 0 0 0 0-2.400zM3.3 10.800a1.2 1.2 0 1 0 0 2.4 1.2 1.2 0 0 0 0-2.400zM12.7 2.800a1.2 1.2 0 1 0 0 2.4 1.2 1.2 0 0 0 0-2.400zM12.7 10.800a1.2 1.2 0 1 0 0 2.4 1.2 1.2 0 0 0 0-2.400z"
      strokeWidth="1.2"
    />
  ),
  flatten: <path d="M2 3.500h7v4H2zM2 12.500h12M5.5 3.500v4M11.5 4v4.500M9.8 7l1.7 1.700L13.2 7" />,
};

const byCategory: Readonly<Record<Category | 'unknown', ReactNode>> = {
  io: <path d="M2 8h11M9.5 4.5 13 8l-3.5 3.5" />,
  convolution: byLayer.conv2d,
  pooling: byLayer.avgPool2d,
  activation: byLayer.sigmoid,
  normalisation: <path d="M1.5 12.500c4 0 4-9 6.5-9s2.5 9 6.5 9" />,
  regularisation: <path d="m4 4 8 8M12 4l-8 8" />,
  linear: byLayer.linear,
  shape: byLayer.flatten,
  merge: <path d="M4 2v4l4 3 4-3V2M8 9v5" />,
  unknown: <path d="M5.5 5.500a2.5 2.5 0 1 1 3.5 2.300c-.8.4-1 .9-1 1.700M8 12v.3" />,
};

interface Props {
  readonly layer: string;
  readonly category: Category | 'unknown';
}

export function LayerIcon({ layer, category }: Props) {
  return (
    <svg
      aria-hidden="true"
      width="15"
      height="15"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      {byLayer[layer] ?? byCategory[category]}
    </svg>
  );
}
