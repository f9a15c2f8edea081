import { create } from 'zustand';
import type { GrayImage } from '../../../src/data/digitImage.ts';
import { inputField } from '../../../src/data/fit.ts';
import {
  type ColorImage,
  drawnInput,
  type ImageInput,
  type ImageOptions,
  imageInput,
} from '../../../src/data/imageInput.ts';
import type { CallAnswer } from '../../../src/protocol/calls.ts';
import { type Text, UserError } from '../../../src/text.ts';
import { engine } from '../../state/desktop/engine.ts';
import { newestWins } from '../../state/desktop/newestWins.ts';
import { pick, type Sample } from '../../state/samples/sampleStore.ts';
import { shownNetwork, useShown } from '../../state/travel/shownNetwork.ts';
import type { NetworkInput } from './networkInput.ts';

/** Image from a file, the clipboard or the camera. */
export interface InputImage {
  readonly id: number;
  readonly name: string;
  readonly raster: ColorImage;
}

/** Sample of the dataset: its index there, and its index in the validation set (null: not in it). */
export interface ShownSample {
  /** Dataset to which the sample belongs. */
  readonly source: string;
  readonly index: number;
  readonly place: number | null;
  readonly total: number;
  readonly sample: Sample;
}

/** Source of the input. */
export type Source = 'drawing' | 'image' | 'sample' | 'numbers';

interface PredictState extends ImageOptions {
  readonly source: Source;
  readonly drawing: GrayImage | null;
  /** Dropped images; several may be dropped at once, and one of them is shown. */
  readonly images: readonly InputImage[];
  readonly image: InputImage | null;
  readonly shown: ShownSample | null;
  /** Dataset whose sample could not be read, and the reason. */
  readonly refused: { readonly source: string; readonly why: Text } | null;
  readonly numbers: readonly number[];
  /** Number of most probable classes to show; null for all, in class order. */
  readonly top: number | null;
  draw(drawing: GrayImage | null): void;
  showImages(images: readonly Omit<InputImage, 'id'>[]): void;
  /** Replaces the last image, for example by the next camera frame. */
  replaceImage(name: string, raster: ColorImage): void;
  showImage(image: InputImage): void;
  setNumbers(numbers: readonly number[]): void;
  set(change: Partial<Pick<PredictState, 'source' | 'invert' | 'center' | 'top'>>): void;
}

let nextId = 0;

/** Starts a new input. Results of earlier requests are then ignored. */
export const beginInput = newestWins();

export const usePredict = create<PredictState>()((set) => {
  function show(change: Partial<PredictState>): void {
    beginInput();
    set(change);
  }
  return {
    source: 'drawing',
    drawing: null,
    images: [],
    image: null,
    shown: null,
    refused: null,
    numbers: [],
    invert: 'auto',
    center: true,
    top: null,
    draw: (drawing) => show({ drawing, source: 'drawing' }),
    showImages(added) {
      const images = added.map((image) => ({ ...image, id: nextId++ }));
      const [image = null] = images;
      if (image !== null) show({ images, image, source: 'image' });
    },
    replaceImage(name, raster) {
      const image = { id: nextId++, name, raster };
      show({ images: [image], image, source: 'image' });
    },
    showImage: (image) => show({ image, source: 'image' }),
    setNumbers: (numbers) => show({ numbers, source: 'numbers' }),
    set: (change) => ('source' in change ? show(change) : set(change)),
  };
});

const nothing = { input: null, inverted: false, blank: false } as const;

/** Current input of the network, and whether its light and dark were inverted. */
export function inputOf(
  state: Pick<PredictState, 'source' | 'drawing' | 'image' | 'shown' | 'numbers' | 'invert' | 'center'>,
  network: NetworkInput,
): Omit<ImageInput, 'input'> & { readonly input: ImageInput['input'] | null } {
  if (network.kind === 'none') return nothing;
  const { source, drawing, image, shown, numbers } = state;
  const { shape } = network;
  const input = (values: Float32Array<ArrayBuffer> | null) =>
    values === null ? nothing : { input: values, inverted: false, blank: false };
  switch (source) {
    case 'drawing':
      return network.kind === 'image' && drawing !== null ? input(drawnInput(drawing, shape)) : nothing;
    case 'image':
      return network.kind === 'image' && image !== null
        ? imageInput(image.raster, shape, { ...state, fit: network.fit })
        : nothing;
    case 'sample': {
      const fields = fieldsFor(shown?.sample.inputs ?? [], network);
      if (fields === null) return nothing;
      return input(
        Float32Array.from(
          fields.flatMap(({ kind, data }) => Array.from(data, (value) => (kind === 'bytes' ? value / 255 : value))),
        ),
      );
    }
    case 'numbers':
      return network.kind === 'numbers' && numbers.length === network.count
        ? input(Float32Array.from(numbers))
        : nothing;
  }
}

/** The field of a sample for each input of the network; null where one has none. */
function fieldsFor(given: Sample['inputs'], network: Exclude<NetworkInput, { kind: 'none' }>): Sample['inputs'] | null {
  const inputs = network.kind === 'several' ? network.inputs : null;
  const fields =
    inputs === null
      ? [given.find(({ shape }) => shape.join() === network.shape.join()) ?? null]
      : inputs.map((input) => inputField(given, input, inputs.length));
  return fields.every((field) => field !== null) ? fields : null;
}

/** Selected sample; null if it belongs to another dataset than that of the shown network. */
export const useShownSample = (): ShownSample | null => {
  const { source } = useShown().document.data;
  return usePredict(({ shown }) => (shown?.source === source ? shown : null));
};

/** Reason why the last requested sample could not be read, if the shown network still has that dataset. */
export const useRefusal = (): Text | null => {
  const { source } = useShown().document.data;
  return usePredict(({ refused }) => (refused?.source === source ? refused.why : null));
};

/**
 * Shows a sample by its index in the dataset or in the validation set; the latter index wraps around. If the dataset
 * cannot be read, shows the reason instead.
 */
export async function showSample(of: 'all' | 'validation', at: number): Promise<void> {
  const { document } = shownNetwork();
  const ask = (place: number) => engine.call('samples', { document, of, indices: Uint32Array.of(place) });
  const { source } = document.data;
  const { shown } = usePredict.getState();
  const known = shown?.source === source ? shown.total : 0;
  const total = of === 'validation' ? known : 0;
  const place = total > 0 ? (at + total) % total : Math.max(0, at);
  const isNewest = beginInput();
  let answer: CallAnswer<'samples'>;
  try {
    answer = await ask(place);
  } catch (error) {
    // Other errors mean that the engine stopped, which is reported elsewhere.
    if (error instanceof UserError && isNewest()) usePredict.setState({ refused: { source, why: error.text } });
    return;
  }
  if (!isNewest()) return;
  const sample = {
    inputs: answer.inputs.map((field) => pick(field, 0)),
    targets: answer.targets.map((f) => pick(f, 0)),
  };
  usePredict.setState({
    source: 'sample',
    refused: null,
    shown: {
      source,
      index: answer.indices[0] as number,
      place: of === 'validation' ? place : null,
      total: of === 'validation' ? answer.total : known,
      sample,
    },
  });
}
