import type { BlockDef } from './block.ts';
import { bottleneck } from './bottleneck.ts';
import { convUnit } from './convUnit.ts';
import { dense, denseLayer, transition } from './dense.ts';
import { depthwiseSeparable } from './depthwiseSeparable.ts';
import { inception } from './inception.ts';
import { inceptionA, inceptionB, inceptionC } from './inceptionV3.ts';
import { invertedResidual } from './invertedResidual.ts';
import { ninBlock } from './ninBlock.ts';
import { residual } from './residual.ts';
import { residualStage } from './residualStage.ts';
import { squeezeExcitation } from './squeezeExcitation.ts';
import { vggBlock } from './vggBlock.ts';
import { zeroPadShortcut } from './zeroPadShortcut.ts';

/** All built-in blocks, in the order of the palette. */
export const blocks: readonly BlockDef[] = [
  convUnit,
  vggBlock,
  ninBlock,
  inception,
  inceptionA,
  inceptionB,
  inceptionC,
  residual,
  bottleneck,
  residualStage,
  zeroPadShortcut,
  denseLayer,
  dense,
  transition,
  squeezeExcitation,
  depthwiseSeparable,
  invertedResidual,
];
