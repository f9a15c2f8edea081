/** Width of an edge in document units. It grows with the number of values in the tensor, from 100 to 100 million. */
export function edgeWidth(size: number): number {
  const magnitude = Math.log10(Math.max(1, size));
  return 1.5 + 2.5 * Math.min(1, Math.max(0, (magnitude - 2) / 6));
}
