import { Handle, Position } from '@xyflow/react';
import type { CSSProperties } from 'react';
import type { Direction } from '../../../../src/graph/document.ts';
import { useWords } from '../../../ui/i18n/i18n.ts';
import css from './Ports.module.css';

interface Props {
  readonly side: 'input' | 'output';
  readonly ports: readonly string[];
  readonly direction: Direction;
}

const sides = {
  down: { input: Position.Top, output: Position.Bottom },
  right: { input: Position.Left, output: Position.Right },
} as const;

/** Position on the side of the card; ports are spaced evenly, as in `portPoint`. */
const along = (direction: Direction, index: number, count: number): CSSProperties => {
  const share = `${((index + 1) / (count + 1)) * 100}%`;
  return direction === 'down' ? { left: share } : { top: share };
};

/** The input or output ports of a card. Several ports show their names while the pointer is on the card. */
export function Ports({ side, ports, direction }: Props) {
  const { say } = useWords();
  return ports.map((port, index) => {
    const words = say(side === 'input' ? 'canvas.input' : 'canvas.output', { port });
    return (
      <Handle
        key={port}
        id={port}
        type={side === 'input' ? 'target' : 'source'}
        position={sides[direction][side]}
        className={css.port}
        style={along(direction, index, ports.length)}
        role="img"
        aria-label={words}
        title={words}
      >
        {ports.length > 1 && <span className={css.name}>{port}</span>}
      </Handle>
    );
  });
}
