/** An edge's width, in the document's units: from a hundred numbers to a hundred million the edge grows from thin to thick. */
export function edgeWidth(size: number): number {
  const magnitude = Math.log10(Math.max(1, size));
  return 1.5 + 2.5 * Math.min(1, Math.max(0, (magnitude - 2) / 6));
}
