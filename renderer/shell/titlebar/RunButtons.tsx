import { keysText, runCommand } from '../../state/commands/commands.ts';
import { menuEntry } from '../../state/commands/menuLine.ts';
import { useNotTrainable } from '../../state/run/useNotTrainable.ts';
import { isActive } from '../../state/stores/runStore.ts';
import { useDocument, useRun } from '../../state/stores/stores.ts';
import { EXTRA_EPOCHS, trainingEntries } from '../../training/commands/runCommands.ts';
import { canExtend, canResumeLastRun, isTrained } from '../../training/run/runActions.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { MenuButton } from '../../ui/controls/MenuButton.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { whole } from '../../ui/i18n/numbers.ts';
import css from './TitleBar.module.css';

export function RunButtons() {
  const { say, tell } = useWords();
  const state = useRun((run) => run.state);
  const engine = useRun((run) => run.engine);
  const ended = useRun(({ run }) => run !== null);
  const wrong = useNotTrainable();
  const active = isActive(state);
  const held = useDocument(({ root }) => root.recipe.start === 'held');
  const fresh = held ? 'train.heldHint' : ended ? 'train.againHint' : 'train.trainHint';
  const why = !active && wrong !== null ? tell(wrong.message) : engine === 'failed' ? say('train.noEngine') : null;
  const main = state === 'paused' ? 'train.resume' : active ? 'train.pause' : 'train.train';
  return (
    <div className={css.run}>
      {active && (
        <Button
          icon="stop"
          label={say('train.stop')}
          hint={`${say('train.stopHint')} (${keysText('stop')})`}
          onClick={() => runCommand('stop')}
        >
          {say('train.stop')}
        </Button>
      )}
      {!active && <GoOn why={why} />}
      <Button
        icon="step"
        label={say('train.step')}
        hint={why ?? `${say('train.stepHint')} (${keysText('step')})`}
        blocked={why !== null}
        onClick={() => runCommand('step')}
      >
        {say('train.step')}
      </Button>
      <span className={css.split}>
        <Button
          icon={active && state !== 'paused' ? 'pause' : 'play'}
          look="filled"
          label={say(main)}
          hint={why ?? `${active ? say(main) : say(fresh)} (${keysText('train')})`}
          blocked={why !== null}
          onClick={() => runCommand('train')}
        >
          {say(main)}
        </Button>
        <MenuButton
          icon="down"
          look={why === null ? 'filled' : 'plain'}
          label={say('train.more')}
          entries={() => trainingEntries.map(menuEntry)}
        />
      </span>
    </div>
  );
}

/**
 * Beside "Train", which starts from new weights: resumes a stopped run, extends a finished one, or trains from the
 * current weights.
 */
function GoOn({ why }: { readonly why: string | null }) {
  const { say } = useWords();
  const hasWeights = useRun((run) => run.hasWeights);
  const { step, steps, state } = useRun();
  useDocument(({ rootCheck }) => rootCheck);
  const offer = canResumeLastRun() ? 'goOn' : state === 'done' && canExtend() && isTrained() ? 'extend' : 'warm';
  if (!hasWeights) return null;
  const command = { goOn: 'goOn', extend: 'extend', warm: 'trainAgain' } as const;
  const words = { step: whole(step), steps: whole(steps), count: EXTRA_EPOCHS };
  return (
    <span>
      <Button
        label={say(`train.${offer}`, words)}
        hint={why ?? say(`train.${offer}Hint`, words)}
        blocked={why !== null}
        onClick={() => runCommand(command[offer])}
      >
        {say(`train.${offer}`, words)}
      </Button>
    </span>
  );
}
