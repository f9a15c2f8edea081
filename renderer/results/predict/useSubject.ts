import { useShown } from '../../state/travel/shownNetwork.ts';

/** Subject of the images of the dataset, for texts: digits in MNIST, unknown in other datasets. */
export const useSubject = (): 'digit' | 'image' => (useShown().document.data.source === 'mnist' ? 'digit' : 'image');
