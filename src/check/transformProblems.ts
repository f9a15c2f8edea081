import { dataName, factsOf } from '../data/known.ts';
import { asImageShape, notImages, stepsOn } from '../data/prepared.ts';
import type { TransformStep } from '../graph/document.ts';
import { readPipeline } from '../transforms/pipeline.ts';
import type { Drawing } from './drawing.ts';
import type { DraftDiagnostic } from './report.ts';

/**
 * Problems in the list of transforms: a step that there is not, a wrong parameter, a size that does not fit the images. Without
 * facts of the data, its shape is not known, and the engine reports what does not fit.
 */
export function transformProblems({ doc: { data }, offering }: Drawing): DraftDiagnostic[] {
  const facts = factsOf(data);
  if (facts === null || stepsOn(data).length === 0) return [];
  const { transforms = [] } = data;
  const edited = (list: readonly TransformStep[]) =>
    ({ kind: 'setData', data: { ...data, transforms: list } }) as const;
  const found = (code: string, message: DraftDiagnostic['message'], fixes: DraftDiagnostic['fixes']) => ({
    code,
    node: null,
    port: null,
    message,
    stops: 'training' as const,
    fixes: offering ? fixes : [],
  });
  const shapes = new Map(facts.inputs.map(({ shape }) => [shape.join(), asImageShape(shape)]));
  const images = [...shapes.values()].filter((shape) => shape !== null);
  if (images.length === 0) {
    const off = transforms.map((step) => ({ ...step, on: false }));
    const fix = { title: { en: 'Switch the transforms off', zh: '关闭变换' }, edits: [edited(off)] };
    return [found('transforms-no-images', notImages(dataName(data.source)), [fix])];
  }
  return images.flatMap((image): DraftDiagnostic[] => {
    return readPipeline(transforms, image).problems.map(({ code, place, message, fixes }) => {
      const step =
        place === null ? { en: '', zh: '' } : { en: `Transform ${place + 1}: `, zh: `第 ${place + 1} 个变换：` };
      return found(
        `transforms-${code}`,
        { en: `${step.en}${message.en}`, zh: `${step.zh}${message.zh}` },
        fixes.map(({ title, list }) => ({ title, edits: [edited(list)] })),
      );
    });
  });
}
