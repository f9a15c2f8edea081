import { useLayoutEffect, useRef, useState } from 'react';

type Render = typeof import('./katex.ts').render;

let loaded: Render | null = null;
let loading: Promise<Render> | null = null;

function load(): Promise<Render> {
  loading ??= import('./katex.ts').then(({ render }) => {
    loaded = render;
    return render;
  });
  return loading;
}

interface Props {
  readonly tex: string;
  /** Typeset on a line of its own. */
  readonly display?: boolean;
}

/** A formula, typeset, with MathML for screen readers. Shows the TeX source until the typesetter is loaded. */
export function Tex({ tex, display = false }: Props) {
  const place = useRef<HTMLSpanElement>(null);
  const [render, setRender] = useState<{ readonly call: Render } | null>(loaded && { call: loaded });

  useLayoutEffect(() => {
    if (render === null) load().then((call) => setRender({ call }), console.error);
    else if (place.current !== null) {
      render.call(tex, place.current, { displayMode: display, output: 'htmlAndMathml', throwOnError: false });
    }
  }, [tex, display, render]);

  return render === null ? <code>{tex}</code> : <span ref={place} />;
}
