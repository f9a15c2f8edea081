import { check } from '../../../src/check/check.ts';
import type { CheckResult } from '../../../src/check/checkedGraph.ts';
import { defaultPicture, drawSvg } from '../../../src/export/svg.ts';
import type { NetworkDocument } from '../../../src/graph/document.ts';

const look = { ...defaultPicture, detail: 'thumbnail', background: false, shapes: false, embed: false } as const;

interface TemplatePicture {
  readonly checked: CheckResult;
  /** Thumbnail as SVG. */
  picture(theme: 'light' | 'dark'): string;
}

export function drawnOf(document: NetworkDocument): TemplatePicture {
  const checked = check(document);
  return { checked, picture: (theme) => drawSvg(document, checked, { ...look, theme }) };
}
