import { same, type Text } from '../../text.ts';

/** An image that cannot be decoded. The text is the reason alone, without the name of the file. */
export class ImageFault extends Error {
  override readonly name = 'ImageFault';

  constructor(readonly text: Text) {
    super(text.en);
  }
}

export const cutOff = (): ImageFault => new ImageFault({ en: 'the file is cut off', zh: '文件不完整' });

/** The file does not follow its format; `detail` says where. */
export const damaged = (format: string, detail: Text): ImageFault =>
  new ImageFault({ en: `damaged ${format}: ${detail.en}`, zh: `${format} 已损坏：${detail.zh}` });

/** The reason that an image or its file cannot be read. */
export const reasonOf = (error: unknown): Text =>
  error instanceof Error && 'text' in error
    ? (error.text as Text)
    : same((error instanceof Error ? error.message : String(error)).trim());
