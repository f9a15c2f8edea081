import type { DataConfig, MixingConfig, TransformStep } from './document.ts';

const callText = (name: string, params: object): string => {
  const words = Object.entries(params).map(([key, value]) => `${key}=${valueText(value)}`);
  return words.length === 0 ? name : `${name}(${words.join(', ')})`;
};

const valueText = (value: unknown): string => (Array.isArray(value) ? `[${value.join(', ')}]` : String(value));

const stepText = ({ type, on: _, ...params }: TransformStep): string => callText(type, params);
const mixingText = ({ type, ...params }: MixingConfig): string => callText(type, params);

/**
 * Transforms that are on and mixing in one line each, as PyTorch prints them: `RandomCrop(size=28, padding=2), Normalize`. Null
 * where there are none.
 */
export function augmentationText({ transforms = [], mixing }: Pick<DataConfig, 'transforms' | 'mixing'>) {
  const on = transforms.filter((step) => step.on !== false);
  return {
    transforms: on.length === 0 ? null : on.map(stepText).join(', '),
    mixing: mixing === undefined ? null : mixingText(mixing),
  };
}
