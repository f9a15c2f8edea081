/** Opsets of ONNX's default domain that can be written; all of them load in onnxruntime 1.30. */
export const OPSETS = { least: 13, most: 26, standard: 17 } as const;
