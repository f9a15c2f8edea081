import { useMemo, useRef } from 'react';
import { useDocument, useUi } from '../../../state/stores/stores.ts';
import { useWords } from '../../../ui/i18n/i18n.ts';
import { type AnnotationsFlow, annotationsFlow } from './annotationsFlow.ts';

/** Maximum length of the text of a note in its label for screen readers. */
const SPOKEN = 60;

export function useAnnotations(): AnnotationsFlow {
  const { say } = useWords();
  const document = useDocument((state) => state.document);
  const selected = useUi((state) => state.selection.annotations);
  const before = useRef<AnnotationsFlow | null>(null);
  before.current = useMemo(() => {
    const words = {
      note: (text: string) => [say('note.label'), text.slice(0, SPOKEN)].filter(Boolean).join(' '),
      frame: (title: string) => say('frame.label', { title: title === '' ? say('frame.untitled') : title }),
    };
    return annotationsFlow(document, selected, words, before.current);
  }, [document, selected, say]);
  return before.current;
}
