import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Device } from './session.ts';

/** Number of nodes per provider and op: `{ webgpu: { Conv: 2 }, cpu: { Cast: 1 } }`. */
export type Placement = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** A placement to which others are added. */
export type PlacementCounts = Record<string, Record<string, number>>;

export function addPlacement(total: PlacementCounts, placement: Placement): void {
  for (const [provider, ops] of Object.entries(placement)) {
    total[provider] ??= {};
    for (const [op, nodes] of Object.entries(ops)) total[provider][op] = (total[provider][op] ?? 0) + nodes;
  }
}

/** Profile event of the runtime for an executed node. */
const nodeEvent = z.object({
  cat: z.literal('Node'),
  name: z.string().endsWith('_kernel_time'),
  args: z.object({ op_name: z.string(), provider: z.string() }),
});

/** Runs `body` and reports the placement of the nodes in its released sessions. Each node name counts once. */
export async function withPlacement<T>(
  device: Device,
  body: (device: Device) => Promise<T>,
): Promise<{ result: T; placement: Placement }> {
  const profile = await mkdtemp(join(tmpdir(), 'netloom-profile-'));
  try {
    const result = await body({ ...device, profile });
    const placement: PlacementCounts = {};
    for (const file of await readdir(profile)) {
      addPlacement(placement, placementOf(JSON.parse(await readFile(join(profile, file), 'utf8'))));
    }
    return { result, placement };
  } finally {
    await rm(profile, { recursive: true, force: true });
  }
}

/** The placement of the nodes of one session, from its profile. */
function placementOf(events: readonly unknown[]): Placement {
  const nodes = new Map<string, z.infer<typeof nodeEvent>['args']>();
  for (const event of events) {
    const node = nodeEvent.safeParse(event);
    if (node.success) nodes.set(node.data.name, node.data.args);
  }
  const placement: PlacementCounts = {};
  for (const { op_name: op, provider } of nodes.values()) {
    addPlacement(placement, { [provider.replace(/ExecutionProvider$/, '').toLowerCase()]: { [op]: 1 } });
  }
  return placement;
}
