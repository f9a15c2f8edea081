import type { CheckedGraph } from '../check/checkedGraph.ts';
import { type InputPreprocessing, type Preprocessing, rawType } from '../compile/preprocessing.ts';
import type { Dataset } from '../data/dataset.ts';
import { factsOf, isOwn } from '../data/known.ts';
import { stepsOn } from '../data/prepared.ts';
import { splitOf } from '../data/split.ts';
import type { NetworkDocument } from '../graph/document.ts';
import { PRODUCER_VERSION } from '../onnx/write.ts';
import { transformOf } from '../transforms/index.ts';
import { dataSha256 } from './dataHash.ts';

/** Origin of an exported file. */
export interface Origin {
  readonly graph: CheckedGraph;
  readonly data: Dataset | null;
  /** SHA-256 of the training samples, if recorded by a run; otherwise the hash of `data` is used. */
  readonly dataSha256?: string | undefined;
  /**
   * True if the file may contain samples of the user's own data as a test vector, and its hash. Otherwise the test
   * vector is random and there is no hash, by which someone with the data could identify it.
   */
  readonly ownSamples?: boolean | undefined;
}

/** Datasets of Netloom are public. */
export const maySample = ({ graph, ownSamples }: Origin): boolean => ownSamples === true || !isOwn(graph.document.data);

/** SHA-256 of the training samples; undefined if it is unknown or private. */
function toldHash(origin: Origin): string | undefined {
  const { graph, data, dataSha256: recorded } = origin;
  if (!maySample(origin)) return undefined;
  return recorded ?? (data === null ? undefined : dataSha256(data, splitOf(data, graph.document.data).train));
}

/** Metadata about the origin of a file: program, network, training settings and dataset. */
export function originOf(origin: Origin) {
  const document = withoutFolders(origin.graph.document);
  const sha256 = toldHash(origin);
  const inherited = (document.imported?.metadata ?? []).map(({ key, value }) => [key, value]);
  return {
    // Netloom's own entries replace those of the same name. `fromEntries` defines every name.
    ...Object.fromEntries(inherited),
    netloom_version: PRODUCER_VERSION,
    netloom_document: JSON.stringify(document),
    netloom_recipe: JSON.stringify(document.recipe),
    ...preprocessingOf(document.data),
    ...classNamesOf(document.data),
    ...(sha256 === undefined ? {} : { netloom_data: JSON.stringify({ source: document.data.source, sha256 }) }),
  };
}

/** Transforms that an image goes through before the network: those of prediction, in order. */
function preprocessingOf(data: NetworkDocument['data']): { readonly netloom_preprocessing?: string } {
  const steps = stepsOn(data).filter(({ type }) => transformOf(type)?.random === false);
  return steps.length === 0 ? {} : { netloom_preprocessing: JSON.stringify(steps) };
}

/** Names of the classes, by class, as JSON; where several targets have names, of each target by its name. */
function classNamesOf(data: NetworkDocument['data']): { readonly netloom_classes?: string } {
  const named = (factsOf(data)?.targets ?? []).flatMap(({ name, names }) =>
    names === undefined ? [] : [{ name, names }],
  );
  const [first, ...others] = named;
  if (first === undefined) return {};
  const classes = others.length === 0 ? first.names : Object.fromEntries(named.map(({ name, names }) => [name, names]));
  return { netloom_classes: JSON.stringify(classes) };
}

/** Data files are named without their folders, which are private. */
function withoutFolders(document: NetworkDocument): NetworkDocument {
  const { data } = document;
  return { ...document, data: { ...data, source: data.source.replace(/^.*[/\\](?=.)/, '') } };
}

/** Preparation that the model contains, as JSON by input: the form of the raw data, and the steps in order. */
export const containedPreprocessing = (preprocessing: InputPreprocessing) => ({
  netloom_preprocessing_contained: JSON.stringify(
    Object.fromEntries([...preprocessing].map(([input, each]) => [input, description(input, each)])),
  ),
});

function description(input: string, preprocessing: Preprocessing) {
  const raw = rawType(input, preprocessing) ?? {};
  switch (preprocessing.kind) {
    case 'image': {
      const { shape, fit, steps } = preprocessing;
      const [channels, height, width] = shape;
      const fitted = fit === null ? [] : [{ type: 'Fit', fit, channels, height, width }];
      const colors = fit !== null || channels === 3 ? 'RGB' : 'gray';
      const transforms = steps.map(({ transform, params }) => ({ type: transform.type, ...params }));
      return { ...raw, layout: 'NHWC', colors, steps: [...fitted, ...transforms] };
    }
    case 'table':
      return { ...raw, columns: preprocessing.columns };
    case 'bytes':
    case 'none':
      return raw;
  }
}
