import { MOST_TRANSFORMS } from '../../../src/graph/document.ts';
import { withAdded } from '../../../src/transforms/arranging.ts';
import { transforms } from '../../../src/transforms/index.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { MenuButton } from '../../ui/controls/MenuButton.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { setTransforms, useTransforms } from './editTransforms.ts';
import { useGallery } from './galleryStore.ts';
import { transformIcon } from './transformIcons.ts';

interface Props {
  /** Height and width of the images after the present transforms. */
  readonly size: readonly [number, number];
  /** Called with the place of the new transform. */
  onAdded(place: number): void;
}

/** Menu of all transforms, by when they run. */
export function AddTransform({ size, onAdded }: Props) {
  const { say, pick } = useWords();
  const list = useTransforms();
  if (list.length >= MOST_TRANSFORMS) {
    const words = say('transforms.full', { count: MOST_TRANSFORMS });
    return (
      <Button look="outlined" disabled label={words} onClick={() => {}}>
        {words}
      </Button>
    );
  }
  const entriesOf = (random: boolean) =>
    transforms
      .filter((each) => each.random === random)
      .map(({ type, title, doc, torchvision }) => ({
        label: pick(title),
        icon: transformIcon(type),
        hint: pick(doc),
        keys: torchvision === '' ? say('transforms.noTorchvision') : type,
        run() {
          const added = withAdded(list, type, size);
          setTransforms(added.list);
          useGallery.setState({ open: added.place });
          onAdded(added.place);
        },
      }));
  return (
    <MenuButton
      label={say('transforms.add')}
      icon="zoomIn"
      look="outlined"
      entries={() => [
        { heading: say('transforms.trainingOnly'), entries: entriesOf(true) },
        { heading: say('transforms.always'), entries: entriesOf(false) },
      ]}
    >
      {say('transforms.add')}
    </MenuButton>
  );
}
