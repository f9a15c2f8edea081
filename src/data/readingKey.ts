import type { DataConfig } from '../graph/document.ts';

/** Equal for settings with the same samples and the same split: transforms run on samples later. */
export const readingKey = ({ transforms: _, ...reading }: DataConfig): string => JSON.stringify(reading);
