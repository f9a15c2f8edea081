import { describe, expect, it } from 'vitest';
import { templateOf } from '../../../templates/index.ts';
import type { NetworkDocument } from '../../graph/document.ts';
import type { Provider } from '../../provider.ts';
import { Engine } from '../engine.ts';
import { connect } from '../engineTestClient.ts';
import { filesBeside } from '../files.ts';
import { CPU_DEVICE } from '../session.ts';

const files = filesBeside(new URL('../../../out/main/engine.js', import.meta.url).href);
const softmax = templateOf('softmax_regression')?.document as NetworkDocument;
const document = { ...softmax, recipe: { ...softmax.recipe, batchSize: 2000, epochs: 1 } };
/** One that is not in this platform's package. */
const absent: Provider = process.platform === 'darwin' ? 'dml' : 'coreml';

describe('a run on a device of its own', () => {
  it.each([
    ['cpu', 'done', null],
    [absent, 'failed', absent],
  ] as const)('%s: %s', async (device, state, named) => {
    const client = connect(new Engine({ files, device: CPU_DEVICE }));
    const ended = client.ended('a');
    client.call('train', { run: 'a', document, weights: 'fresh', paused: false, device });
    const { message, ...told } = await ended;
    expect(told, JSON.stringify(message)).toMatchObject({ state, step: named === null ? 4 : 0 });
    // It says so, and does not go on elsewhere of its own.
    if (named !== null) expect(message?.en).toContain(named);
  });
});
