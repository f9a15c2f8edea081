import type { DataConfig } from '../graph/document.ts';

/** Equal for settings with the same samples and the same split: transforms and mixing run on samples later. */
export const readingKey = ({ transforms: _, mixing: __, ...reading }: DataConfig): string => JSON.stringify(reading);
