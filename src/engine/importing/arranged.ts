import { check } from '../../check/check.ts';
import type { NetworkDocument } from '../../graph/document.ts';
import { applyEdit, applyEdits } from '../../graph/edits.ts';
import { movesOfStep, withMovedNames } from '../../graph/weightMoves.ts';
import type { ElkGraph } from '../../layout/elkGraph.ts';
import { cardSize } from '../../layout/size.ts';
import { planTidy } from '../../layout/tidy.ts';
import { type FoldPlan, foldRepeats } from '../../plan/foldRepeats.ts';
import type { Language } from '../../text.ts';
import type { Tensors } from '../session.ts';

interface Arrangement {
  readonly document: NetworkDocument;
  readonly weights: Tensors;
  /** Blocks of repeated structure. */
  readonly blocks: FoldPlan['folded'];
}

/** A flat network with its repeated structure as blocks, and with positions from the automatic layout. */
export async function arranged(flat: NetworkDocument, weights: Tensors, language: Language): Promise<Arrangement> {
  const plan = foldRepeats(flat, check(flat), language);
  const moves = movesOfStep(flat, plan.edits, applyEdit);
  const document = applyEdits(flat, plan.edits);
  return { document: await laidOut(document), weights: withMovedNames(weights, moves), blocks: plan.folded };
}

/** Area of a new window's canvas, in canvas units: a longer network is folded into columns. */
const VIEW = { width: 844, height: 460 };

async function laidOut(document: NetworkDocument): Promise<NetworkDocument> {
  const plan = planTidy({ document, direction: document.direction, keepPinned: false, view: VIEW, sizeOf: cardSize });
  if (plan === null) return document;
  // 1.6 MB that nothing else in this process loads.
  const { default: Elk } = await import('elkjs/lib/elk.bundled.js');
  return applyEdits(document, plan.edits((await new Elk().layout(plan.graph)) as ElkGraph));
}
