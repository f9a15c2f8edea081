import { check } from '../../../src/check/check.ts';
import type { CheckResult } from '../../../src/check/checkedGraph.ts';
import type { Fix } from '../../../src/graph/diagnostic.ts';
import type { NetworkDocument } from '../../../src/graph/document.ts';
import { applyEdits } from '../../../src/graph/edits.ts';
import { shapeText } from '../../../src/layers/config.ts';

/** Preview of a fix. */
export interface Preview {
  /** Name and new output shape of the layer with the problem; null if unknown or unchanged. */
  readonly gives: { readonly name: string; readonly shape: string } | null;
  readonly errors: number;
}

const shapeOf = (result: CheckResult, node: string): string | null => {
  const report = result.nodes.get(node);
  const [shape] = Object.values(report?.outputs ?? {});
  return shape === undefined ? null : shapeText(shape);
};

/** Preview of a fix, which is applied to a copy. */
export function previewOf(doc: NetworkDocument, before: CheckResult, fix: Fix, node: string | null): Preview {
  const after = check(applyEdits(doc, fix.edits));
  const errors = after.diagnostics.filter(({ severity }) => severity === 'error').length;
  const shape = node === null ? null : shapeOf(after, node);
  const same = node !== null && shape === shapeOf(before, node);
  const name = node === null ? undefined : after.nodes.get(node)?.name;
  return { gives: shape === null || same || name === undefined ? null : { name, shape }, errors };
}
