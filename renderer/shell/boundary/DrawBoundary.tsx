import { Component, type ReactNode, useEffect } from 'react';
import { drawingFailed, hasDrawn, reasonOf } from '../../state/files/lastDrawn.ts';
import { loadWindowAgain } from '../../state/files/saving.ts';
import { useDocument } from '../../state/stores/stores.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import css from './DrawBoundary.module.css';

interface Props {
  readonly children: ReactNode;
}

/** Number of automatic retries of a part that failed, and the delay before each (ms). */
const TRIES = 2;
const RETRY = 250;

/**
 * Error boundary: a part of the window that fails affects neither the other parts nor the user's work. It renders again
 * when the document changes.
 */
export class DrawBoundary extends Component<Props, { readonly error: unknown }> {
  override state = { error: null };
  #stop = (): void => {};
  #tries = 0;

  static getDerivedStateFromError(error: unknown) {
    return { error: error ?? new Error('unknown') };
  }

  override componentDidMount(): void {
    this.#stop = useDocument.subscribe((now, before) => {
      if (now.root !== before.root || now.generation !== before.generation) {
        this.#tries = 0;
        this.#drawAgain();
      }
    });
  }

  override componentWillUnmount(): void {
    this.#stop();
  }

  override componentDidCatch(error: unknown): void {
    drawingFailed(error);
    // The canvas may have rendered a change that was rolled back.
    if (this.#tries++ < TRIES) setTimeout(this.#drawAgain, RETRY);
  }

  #drawAgain = (): void => {
    if (this.state.error !== null) this.setState({ error: null });
  };

  override render(): ReactNode {
    const { error } = this.state;
    return error === null ? this.props.children : <Failure error={error} again={this.#drawAgain} />;
  }
}

function Failure({ error, again }: { readonly error: unknown; again(): void }) {
  const { say } = useWords();
  return (
    <div className={css.failure} role="alert">
      <p>{say('drawing.failed', { reason: reasonOf(error) })}</p>
      <Button label={say('drawing.again')} look="outlined" onClick={again}>
        {say('drawing.again')}
      </Button>
      <Button label={say('drawing.reload')} look="outlined" onClick={() => loadWindowAgain().catch(console.error)}>
        {say('drawing.reload')}
      </Button>
    </div>
  );
}

/** Mounted after everything else. */
export function AllDrawn() {
  const state = useDocument();
  useEffect(() => hasDrawn(state), [state]);
  return null;
}
