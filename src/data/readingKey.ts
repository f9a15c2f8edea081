import type { DataConfig } from '../graph/document.ts';

/** The settings that decide the samples and their split: transforms and mixing run on samples later. */
export const readingOf = ({ transforms: _, mixing: __, relativeSource: ___, sha256: ____, ...reading }: DataConfig) =>
  reading;

/** Equal for settings with the same samples and the same split. */
export const readingKey = (data: DataConfig): string => JSON.stringify(readingOf(data));
