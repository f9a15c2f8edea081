import type { Config } from '../graph/document.ts';
import { keepingSize } from './fields.ts';
import { Sketch, type Source, X } from './sketch.ts';

/** Settings shared by all units of an inception block. */
export interface UnitStyle {
  readonly batchNorm: boolean;
  readonly eps: number;
  readonly momentum: number;
  readonly weightInit: string;
}

export interface UnitOptions {
  readonly kernel?: readonly [number, number];
  readonly stride?: number;
  readonly row: number;
  readonly column: number;
  /** Key of the block's config for the number of channels. */
  readonly key?: string;
}

/** The inside of an inception block: parallel branches of conv units that keep height and width, drawn as columns. */
export class InceptionColumns {
  readonly sketch = new Sketch();
  readonly #style: UnitStyle;
  readonly #branches: Source[] = [];

  constructor(style: UnitStyle) {
    this.#style = style;
  }

  unit(name: string, channels: number, from: Source, { kernel = [1, 1], stride = 1, key, ...at }: UnitOptions): Source {
    const config: Config = {
      channels,
      kernelSize: kernel,
      stride: [stride, stride],
      padding: keepingSize(kernel),
      ...this.#style,
    };
    return this.sketch.add(name, 'convUnit', config, from, at, key === undefined ? {} : { channels: key });
  }

  pool(kind: 'max' | 'avg', stride: number, column: number): Source {
    const config = { kernelSize: [3, 3], stride: [stride, stride], padding: [1, 1] };
    return this.sketch.add('branch4.pool', `${kind}Pool2d`, config, X, { column, row: 0 });
  }

  /** Adds the end of a branch to the concatenation. */
  branch(end: Source): void {
    this.#branches.push(end);
  }

  /** Adds the concatenation, centered below the columns. */
  finish(columns: number, row: number) {
    const count = this.#branches.length;
    const y = this.sketch.add('concat', 'concat', { count }, this.#branches, { column: (columns - 1) / 2, row });
    return this.sketch.finish({ y });
  }
}
