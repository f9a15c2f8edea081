/** Shapes of the classes around the origin, so that color is not needed to tell them apart. */
const SHAPES = [
  'M-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0z',
  'M-3.2-3.2h6.4v6.4h-6.4z',
  'M0-4.2L4 3H-4z',
  'M0-4.4L4.4 0 0 4.4-4.4 0z',
  'M-4-3H4L0 4.2z',
] as const;
const COLORS = ['convolution', 'linear', 'normalization', 'regularization', 'activation', 'pooling', 'blocks'] as const;

interface Props {
  /** The class. */
  readonly label: number;
  /** Place in the drawing; absent: the origin. */
  readonly transform?: string;
}

/** The mark of a class in a plane of samples. */
export function PointMark({ label, transform }: Props) {
  return (
    <path
      d={SHAPES[label % SHAPES.length]}
      fill={`var(--category-${COLORS[label % COLORS.length]})`}
      transform={transform}
    />
  );
}

/** The mark of a class, for lists. */
export function PointKey({ label }: { readonly label: number }) {
  return (
    <svg width="12" height="12" viewBox="-6 -6 12 12" aria-hidden="true">
      <PointMark label={label} />
    </svg>
  );
}
