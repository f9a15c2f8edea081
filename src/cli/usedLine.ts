import { type UsedSamples, usedText } from '../data/usedSamples.ts';
import type { Text } from '../text.ts';

/** Line with the use of the samples. */
export function usedLine(samples: UsedSamples): Text {
  const { en, zh } = usedText(samples);
  return { en: `Samples: ${en}`, zh: `样本：${zh}` };
}
