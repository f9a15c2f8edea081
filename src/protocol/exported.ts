import { z } from 'zod';
import { FORMAT_NAMES } from '../exportFormats.ts';
import { measured } from '../runs/measured.ts';
import { textSchema } from '../text.ts';
import { network } from './results.ts';

const modelInputs = z.array(
  z.object({ name: z.string(), elementType: z.string(), shape: z.array(z.union([z.string(), z.number()])) }),
);
/** Inputs of a model: names, element types of ONNX, and shapes with symbols for sizes that may differ. */
export type ModelInputs = z.infer<typeof modelInputs>;

const onnxReport = z.object({
  format: z.literal('onnx'),
  opset: z.int(),
  /** Number of nodes per op. */
  ops: z.record(z.string(), z.int()),
  inputs: modelInputs,
  /** True if the model contains the preprocessing. */
  preprocessing: z.boolean(),
  /**
   * Verification: largest difference between the model in a new session and Netloom's evaluation, and the largest
   * output, at these batch sizes.
   */
  proof: z.object({
    maxError: measured,
    largest: measured,
    batches: z.array(z.int().positive()),
    /** Largest difference of pixels that the model prepares, of 255; null or absent without preprocessing of images. */
    pixelError: z.number().nullable().optional(),
    /** Largest difference that float16 weights make; null or absent without. */
    float16Error: z.number().nullable().optional(),
  }),
  /** Parameters and buffers with initial values, which were neither trained nor loaded. */
  initial: z.array(z.string()),
  /** True if all of them have initial values, so that the model is untrained. */
  untrained: z.boolean(),
  /** File with the weights, beside the model; null if the model contains them. */
  external: z.string().nullable(),
});
export type OnnxReport = z.infer<typeof onnxReport>;

const torchReport = z.object({
  format: z.literal('pytorch'),
  /** Class of the network in model.py. */
  class: z.string(),
  parameters: z.int(),
  /** The reason that the project has no samples; null if it has. */
  withoutData: textSchema.nullable(),
});

const kerasReport = z.object({
  format: z.literal('keras'),
  /** Name of the model. */
  model: z.string(),
  parameters: z.int(),
});

const safetensorsReport = z.object({
  format: z.literal('safetensors'),
  tensors: z.int(),
  /** Number of values in all tensors. */
  values: z.int(),
  /** Parameters and buffers with initial values. */
  initial: z.array(z.string()),
  untrained: z.boolean(),
});

export const exportReport = z.discriminatedUnion('format', [onnxReport, torchReport, kerasReport, safetensorsReport]);
/** Facts about an export. */
export type ExportReport = z.infer<typeof exportReport>;

const exported = z.object({
  /** Files by their paths, to be written in this order. That of a format with one file comes last. */
  files: z.array(z.object({ path: z.string(), parts: z.array(z.instanceof(Uint8Array)) })),
  report: exportReport,
});

/**
 * `fold`: folds batch normalization into the preceding layers. `preprocessing`: the model takes data as files have it.
 * `float16`: weights are stored as float16. `external`: weights are in a file beside the model. `samples`: the test
 * vector may contain samples of the user's own data.
 */
export const exportChoices = z.object({
  format: z.enum(FORMAT_NAMES),
  opset: z.int().optional(),
  fold: z.boolean().optional(),
  preprocessing: z.boolean().optional(),
  float16: z.boolean().optional(),
  external: z.boolean().optional(),
  samples: z.boolean().optional(),
});
export type ExportChoices = z.infer<typeof exportChoices>;

export const exportCalls = {
  /** Exports the network in a format and verifies it. `fileName`: name of the file or folder. */
  export: {
    args: exportChoices.extend({ ...network, fileName: z.string() }),
    answer: exported,
  },
  /** The part of an export that is under way; null where none is. */
  exportProgress: {
    args: z.object({}),
    answer: z.object({ part: z.enum(['data', 'reference', 'write', 'verify']).nullable() }),
  },
  /** Ends the export that is under way. */
  cancelExport: { args: z.object({}), answer: z.object({}) },
  /** Facts about an export with these choices, before it. */
  previewExport: {
    args: exportChoices.extend(network),
    answer: z.object({
      /** The reason that the network cannot be exported like this; null if it can. */
      problem: textSchema.nullable(),
      /** Facts about an ONNX model; null for other formats, and where there is a problem. */
      model: z
        .object({
          opset: z.int(),
          ops: z.record(z.string(), z.int()),
          /** Size of all weights, in bytes. */
          bytes: z.number(),
          /** True if they are too large for one file. */
          tooLarge: z.boolean(),
          inputs: modelInputs,
        })
        .nullable(),
      /**
       * The reason that the preprocessing cannot be included, or the inputs of the model that includes it; null for
       * formats without the option.
       */
      preprocessing: z.union([z.object({ reason: textSchema }), z.object({ inputs: modelInputs })]).nullable(),
    }),
  },
};
export type ExportPreview = z.infer<(typeof exportCalls)['previewExport']['answer']>;
export type ExportPart = NonNullable<z.infer<(typeof exportCalls)['exportProgress']['answer']>['part']>;
