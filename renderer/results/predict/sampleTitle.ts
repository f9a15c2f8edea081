import { hasClass, type Sample, targetText } from '../../state/samples/sampleStore.ts';
import type { Say } from '../../ui/i18n/i18n.ts';
import { whole } from '../../ui/i18n/numbers.ts';

/** Index of a sample in its dataset, with its label or target. */
export const sampleTitle = (say: Say, index: number, sample: Sample): string =>
  say(hasClass(sample) ? 'predict.sample' : 'predict.numberSample', { index: whole(index), truth: targetText(sample) });
