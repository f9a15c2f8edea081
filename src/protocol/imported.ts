import { z } from 'zod';
import { documentSchema } from '../graph/document.ts';
import { measured } from '../runs/measured.ts';
import { languageSchema, textSchema } from '../text.ts';

/** A size that a model leaves open, and the size that it is run with; `assumed`: the user did not give it. */
export const chosenSize = z.object({ name: z.string(), size: z.int(), assumed: z.boolean() });
export type ChosenSize = z.infer<typeof chosenSize>;

/** Facts about an import, for the user. */
export const importReport = z.object({
  /**
   * Present if the file is an export of Netloom: its network was restored from the metadata, with names, blocks and training settings.
   * `notice`: a remark about its weights.
   */
  restored: z.object({ notice: textSchema.nullable() }).nullable(),
  /** Program that wrote the file, and its version; empty if unknown. */
  producer: z.string(),
  opset: z.int(),
  /** Number of recognized layers by type. */
  layers: z.record(z.string(), z.int()),
  /** Blocks of repeated structure. */
  blocks: z.array(z.object({ title: textSchema, count: z.int() })),
  /** ONNX nodes of the network, and the ops in each. */
  kept: z.array(z.object({ name: z.string(), ops: z.array(z.string()) })),
  /** Number of nodes of the file that only computed constants and sizes. */
  folded: z.int(),
  /** Element types of weights that were converted to float32. */
  converted: z.array(z.string()),
  /** Sizes that the file leaves open. */
  sizes: z.array(chosenSize),
  /** True if the network takes batches of any size, false if it has the fixed sizes of the file. */
  batch: z.boolean(),
  /**
   * Largest difference between the outputs of file and network on random inputs, and the largest output; null if they were not
   * compared. `converted`: the file was converted to float32, because the runtime does not run it in its own precision.
   */
  proof: z.object({ maxError: measured, largest: measured, converted: z.boolean() }).nullable(),
});
export type ImportReport = z.infer<typeof importReport>;

/** Parts of the work of an import, in order. */
export const importPhase = z.enum(['reading', 'running', 'recognizing', 'arranging', 'verifying']);
export type ImportPhase = z.infer<typeof importPhase>;

export const importCalls = {
  /**
   * Imports an ONNX model as a network. The engine keeps its own weights. `sizes`: sizes of open axes by name. `language`: of the names
   * of blocks. Weights are safetensors, empty without any. A model that does not run with the sizes that were tried is not imported:
   * `needed` are its open sizes.
   */
  importModel: {
    args: z.object({ path: z.string(), sizes: z.record(z.string(), z.int().positive()), language: languageSchema }),
    answer: z.union([
      z.object({ document: documentSchema, weights: z.instanceof(Uint8Array), report: importReport }),
      z.object({ needed: z.array(chosenSize), message: textSchema }),
    ]),
  },
  /**
   * The current part of the import that is under way; null if there is none. Answered when it is another than `known`, because the
   * engine cannot answer while it runs the model.
   */
  importProgress: {
    args: z.object({ known: importPhase.nullable() }),
    answer: z.object({ phase: importPhase.nullable() }),
  },
};
