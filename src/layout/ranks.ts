/** The network as used by the automatic layout: its edges between node indices, in document order. */
export interface Flow {
  readonly count: number;
  readonly edges: readonly (readonly [from: number, to: number])[];
}

/** The edges without those that close a cycle, which an unfinished network may have. */
function withoutCircles({ count, edges }: Flow): readonly (readonly [number, number])[] {
  const out = Array.from({ length: count }, (): number[] => []);
  for (const [index, [from]] of edges.entries()) out[from]?.push(index);
  const state = new Uint8Array(count);
  const back = new Set<number>();
  for (let root = 0; root < count; root++) {
    const stack: [node: number, next: number][] = [[root, 0]];
    if (state[root] !== 0) continue;
    state[root] = 1;
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const index = out[top[0]]?.[top[1]++];
      if (index === undefined) {
        state[top[0]] = 2;
        stack.pop();
        continue;
      }
      const to = (edges[index] as readonly [number, number])[1];
      if (state[to] === 1) back.add(index);
      if (state[to] !== 0) continue;
      state[to] = 1;
      stack.push([to, 0]);
    }
  }
  return edges.filter((_, index) => !back.has(index));
}

export interface Ranks {
  /** Length of the longest path to every node. */
  readonly of: readonly number[];
  /** Edges on the longest path through each part of the network: its main path, which is drawn straight. */
  readonly main: ReadonlySet<readonly [number, number]>;
  readonly edges: readonly (readonly [number, number])[];
}

export function ranksOf(flow: Flow): Ranks {
  const edges = withoutCircles(flow);
  const into = Array.from({ length: flow.count }, (): (readonly [number, number])[] => []);
  const outOf = Array.from({ length: flow.count }, (): (readonly [number, number])[] => []);
  for (const edge of edges) {
    into[edge[1]]?.push(edge);
    outOf[edge[0]]?.push(edge);
  }
  const waiting = into.map((list) => list.length);
  const order = waiting.flatMap((count, node) => (count === 0 ? [node] : []));
  const of = new Array<number>(flow.count).fill(0);
  for (const node of order) {
    for (const [, to] of outOf[node] ?? []) {
      of[to] = Math.max(of[to] as number, (of[node] as number) + 1);
      waiting[to] = (waiting[to] as number) - 1;
      if (waiting[to] === 0) order.push(to);
    }
  }
  // Length of the longest path from each node; with the path to it, this is the longest path through it.
  const after = new Array<number>(flow.count).fill(0);
  for (const node of order.toReversed())
    for (const [, to] of outOf[node] ?? []) after[node] = Math.max(after[node] as number, (after[to] as number) + 1);
  const main = new Set<readonly [number, number]>();
  const taken = new Set<number>();
  for (const node of order) {
    const longest = (outOf[node] ?? []).reduce<readonly [number, number] | null>(
      (best, edge) => (best === null || (after[edge[1]] as number) > (after[best[1]] as number) ? edge : best),
      null,
    );
    if (longest === null || taken.has(longest[1]) || of[longest[1]] !== (of[node] as number) + 1) continue;
    main.add(longest);
    taken.add(longest[1]);
  }
  return { of, main, edges };
}
