import { classNamesOf } from '../../state/data/classNames.ts';
import { nameOf } from '../../state/files/nameOf.ts';
import { saveFile } from '../../state/files/saveFile.ts';
import { useDocument, useUi } from '../../state/stores/stores.ts';
import { shownNetwork } from '../../state/travel/shownNetwork.ts';
import type { Key } from '../../ui/i18n/i18n.ts';
import { textOf } from '../../ui/i18n/i18n.ts';
import { labelsOf } from './labels.ts';
import { confusionCsv, predictionsCsv } from './resultsCsv.ts';
import { shownOutput, useResults } from './resultsStore.ts';

const say = (key: Key): string => textOf(key)[useUi.getState().language];

const save = (what: string, bytes: Uint8Array<ArrayBuffer>): Promise<boolean> =>
  saveFile(`${nameOf(useDocument.getState().root, useUi.getState().language)} ${what}`, 'csv', bytes, {
    about: 'tables',
    saved: (path) => ({ message: { key: 'analysis.saved', values: { path } } }),
  });

export function saveConfusion(): void {
  const output = shownOutput(useResults.getState());
  if (output === null) return;
  const bytes = confusionCsv(
    output,
    labelsOf(output, say, classNamesOf(shownNetwork().document, output.name)),
    say('results.cornerCsv'),
    [say('results.head.truth'), say('results.head.predicted'), say('results.head.count')],
  );
  save(say('results.confusion'), bytes).catch(console.error);
}

export function savePredictions(): void {
  const { results } = useResults.getState();
  const output = shownOutput(useResults.getState());
  if (results === null || output === null) return;
  const labels = labelsOf(output, say, classNamesOf(shownNetwork().document, output.name));
  const heads = {
    sample: say('results.head.sample'),
    truth: say('results.head.truth'),
    predicted: say('results.head.predicted'),
    probability: say('results.head.probability'),
    trueProbability: say('results.head.trueProbability'),
    loss: say(output.answers === 'numbers' ? 'results.head.squared' : 'results.head.loss'),
  };
  const label = (value: number): string | number => labels[value] ?? value;
  const bytes = predictionsCsv(results, output, heads, output.answers === 'numbers' ? (value) => value : label);
  save(say('results.title'), bytes).catch(console.error);
}
