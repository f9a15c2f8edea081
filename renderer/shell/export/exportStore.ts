import { z } from 'zod';
import { create } from 'zustand';
import { isOwn } from '../../../src/data/known.ts';
import { EXPORT_OPTIONS, FORMAT_NAMES, formatOf } from '../../../src/exportFormats.ts';
import type { NetworkDocument } from '../../../src/graph/document.ts';
import { OPSETS } from '../../../src/opsets.ts';
import type { ExportChoices, ExportPart, ExportPreview } from '../../../src/protocol/exported.ts';
import { settle } from '../../state/files/saving.ts';
import { remembered } from '../../state/stores/remembered.ts';
import { shownCheck } from '../../state/travel/shownNetwork.ts';
import { showPanel } from '../../state/workspaces/workspaceStore.ts';
import type { Message } from '../../ui/i18n/i18n.ts';

const rememberedExport = z.object({
  format: z.enum(FORMAT_NAMES),
  /** Null: chosen by the engine. */
  opset: z.int().min(OPSETS.least).max(OPSETS.most).nullable(),
  fold: z.boolean(),
  preprocessing: z.boolean(),
  float16: z.boolean(),
  external: z.boolean(),
});
type RememberedExport = z.infer<typeof rememberedExport>;

/** Progress and end of the export that was started last. */
export type Outcome =
  | { readonly state: 'none' }
  /** `part` is null from the file dialog on until the engine begins. */
  | { readonly state: 'busy'; readonly part: ExportPart | null }
  | { readonly state: 'done'; readonly message: Message; readonly lines: readonly Message[] }
  | { readonly state: 'canceled' | 'failed'; readonly message: Message };

interface ExportState extends RememberedExport {
  readonly open: boolean;
  /** Two samples of own data go into the file. Not remembered, because it is about one dataset. */
  readonly samples: boolean;
  readonly outcome: Outcome;
  choose(choices: Partial<RememberedExport & { readonly samples: boolean }>): void;
  close(): void;
}

const storage = remembered('netloom.export', rememberedExport, {
  format: 'onnx',
  opset: null,
  fold: false,
  preprocessing: false,
  float16: false,
  external: false,
});

export const useExport = create<ExportState>()((set, get) => ({
  ...storage.read(),
  open: false,
  samples: false,
  outcome: { state: 'none' },
  choose(choices) {
    set(get().outcome.state === 'busy' ? choices : { ...choices, outcome: { state: 'none' } });
    storage.write(get());
  },
  close: () => set({ open: false }),
}));

/** Opens the export dialog; with errors in the network, shows these instead. */
export function askExport(): void {
  settle();
  const { open, outcome } = useExport.getState();
  if (shownCheck().graph === null) showPanel('problems');
  else if (!open) useExport.setState({ open: true, samples: false, ...(outcome.state !== 'busy' && none) });
}

const none = { outcome: { state: 'none' } } as const;

/** The choices that apply: options that the format has, and preprocessing only where it is possible. */
export function choicesOf(
  { data }: Pick<NetworkDocument, 'data'>,
  chosen: RememberedExport & { readonly samples: boolean },
  preview: ExportPreview | null,
): ExportChoices {
  const { format, opset } = chosen;
  const { options } = formatOf(format);
  const canPrepare = preview === null || (preview.preprocessing !== null && 'inputs' in preview.preprocessing);
  const on = {
    ...chosen,
    preprocessing: chosen.preprocessing && canPrepare,
    samples: chosen.samples && isOwn(data),
  };
  const names = EXPORT_OPTIONS.filter((name) => name !== 'opset' && options.includes(name) && on[name]);
  return {
    format,
    ...(opset !== null && options.includes('opset') && { opset }),
    ...Object.fromEntries(names.map((name) => [name, true])),
  };
}
