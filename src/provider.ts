import { z } from 'zod';

/** Execution providers of ONNX Runtime, by its names. */
export const providerSchema = z.enum(['cpu', 'cuda', 'dml', 'webgpu', 'coreml']);
export type Provider = z.infer<typeof providerSchema>;
export const PROVIDERS = providerSchema.options;
