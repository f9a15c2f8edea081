import { MOST_TRANSFORMS, type TransformStep } from '../../../src/graph/document.ts';
import { withAdded } from '../../../src/transforms/arranging.ts';
import type { ImageShape } from '../../../src/transforms/image.ts';
import { transforms } from '../../../src/transforms/index.ts';
import { transformPresets, withPreset } from '../../../src/transforms/presets.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { MenuButton } from '../../ui/controls/MenuButton.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { setTransforms, useTransforms } from './editTransforms.ts';
import { useGallery } from './galleryStore.ts';
import { transformIcon } from './transformIcons.ts';

interface Props {
  /** Shape of the images after the present transforms. */
  readonly image: ImageShape;
  /** Called with the place of the new transform. */
  onAdded(place: number): void;
}

/** Menu of all transforms, by when they run, and of presets of several. */
export function AddTransform({ image, onAdded }: Props) {
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
  function take(added: { readonly list: readonly TransformStep[]; readonly place: number }): void {
    setTransforms(added.list);
    useGallery.setState({ open: added.place });
    onAdded(added.place);
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
          take(withAdded(list, type, [image[1], image[2]]));
        },
      }));
  const presets = transformPresets.map((preset) => {
    const added = withPreset(list, preset, image);
    return {
      label: pick(preset.title),
      hint: pick(preset.doc),
      disabled: added === null,
      run() {
        if (added !== null) take(added);
      },
    };
  });
  return (
    <MenuButton
      label={say('transforms.add')}
      icon="zoomIn"
      look="outlined"
      entries={() => [
        { heading: say('transforms.trainingOnly'), entries: entriesOf(true) },
        { heading: say('transforms.always'), entries: entriesOf(false) },
        { heading: say('transforms.presets'), entries: presets },
      ]}
    >
      {say('transforms.add')}
    </MenuButton>
  );
}
