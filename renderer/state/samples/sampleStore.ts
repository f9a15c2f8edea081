import { useEffect } from 'react';
import { create } from 'zustand';
import { fedFacts } from '../../../src/data/known.ts';
import type { DataConfig } from '../../../src/graph/document.ts';
import { MOST_SAMPLES, type SampleField } from '../../../src/protocol/samples.ts';
import { figure } from '../../ui/i18n/figure.ts';
import { useRetry } from '../data/dataReturn.ts';
import { engine } from '../desktop/engine.ts';
import { shownNetwork, useShown } from '../travel/shownNetwork.ts';

/** One sample of the dataset: each input and target with its shape [...shape]. */
export interface Sample {
  readonly inputs: readonly SampleField[];
  readonly targets: readonly SampleField[];
}

interface SampleState {
  readonly source: string;
  /** By index in the dataset. */
  readonly samples: ReadonlyMap<number, Sample>;
}

const useSamples = create<SampleState>()(() => ({ source: '', samples: new Map() }));

/** Number of samples in the cache, the newest. */
const KEPT = 4000;

/** Indices of samples to load, and the data that they are of. */
const wanted = new Map<number, string>();
let asking = false;

/** Samples are the same while the settings that decide how the data is read are. */
const dataKey = ({ source, image, table, labels, channels }: DataConfig): string =>
  JSON.stringify([source, image, table, labels, channels]);

/** Indices that the shown data has: a view of the data before may still ask for its own. */
function takeWanted(data: DataConfig): Uint32Array<ArrayBuffer> {
  const source = dataKey(data);
  const count = fedFacts(data)?.count ?? Number.POSITIVE_INFINITY;
  for (const [index, of] of wanted) if (of !== source || index >= count) wanted.delete(index);
  const indices = Uint32Array.from([...wanted.keys()].slice(0, MOST_SAMPLES));
  for (const index of indices) wanted.delete(index);
  return indices;
}

async function fetchWanted(): Promise<void> {
  if (asking) return;
  asking = true;
  try {
    for (;;) {
      const { document } = shownNetwork();
      const indices = takeWanted(document.data);
      if (indices.length === 0) return;
      const answer = await engine.call('samples', { document, of: 'all', indices });
      keep(dataKey(document.data), answer);
    }
  } finally {
    asking = false;
  }
}

function keep(source: string, { indices, inputs, targets }: { indices: Uint32Array } & Sample): void {
  const { source: before, samples } = useSamples.getState();
  const kept = new Map(source === before ? samples : []);
  indices.forEach((index, at) => {
    kept.set(index, {
      inputs: inputs.map((field) => pick(field, at)),
      targets: targets.map((field) => pick(field, at)),
    });
  });
  for (const index of kept.keys()) {
    if (kept.size <= KEPT) break;
    kept.delete(index);
  }
  useSamples.setState({ source, samples: kept });
}

/** Sample `at` of a batch. */
export function pick(field: SampleField, at: number): SampleField {
  const size = field.shape.reduce((count, axis) => count * axis, 1);
  return { ...field, data: field.data.slice(at * size, (at + 1) * size) };
}

/** Target of a sample: its class, or its values. */
export const targetText = ({ targets }: Sample): string =>
  targets
    .map(({ data, names }) => [...data].map((value) => names?.[value] ?? figure(Number(value))).join(', '))
    .join(' · ');

/** True if the target of a sample is a class. */
export const hasClass = ({ targets }: Sample): boolean => targets.every(({ kind }) => kind === 'classes');

/** The sample at an index of the dataset, null until it is loaded. Simultaneous requests are sent as one batch. */
export function useSample(index: number): Sample | null {
  const source = dataKey(useShown().document.data);
  const sample = useSamples((state) => (state.source === source ? (state.samples.get(index) ?? null) : null));
  const missing = sample === null;
  const retry = useRetry(missing);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same index of another dataset is another sample
  useEffect(() => {
    if (!missing) return;
    wanted.set(index, source);
    const timer = setTimeout(() => fetchWanted().catch(() => {}), 0);
    return () => clearTimeout(timer);
  }, [index, source, missing, retry]);
  return sample;
}
