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
/** A provider that is not in the package of this platform. */
const absent: Provider = process.platform === 'darwin' ? 'dml' : 'coreml';

describe('a run on another device', () => {
  it.each([
    ['cpu', 'done', null],
    [absent, 'failed', absent],
  ] as const)('%s: %s', async (device, state, named) => {
    const client = connect(new Engine({ files, device: CPU_DEVICE }));
    const ended = client.ended('a');
    client.call('train', { run: 'a', document, weights: 'fresh', paused: false, device });
    const { message, ...told } = await ended;
    expect(told, JSON.stringify(message)).toMatchObject({ state, step: named === null ? 4 : 0 });
    // The run fails with the reason and does not switch to another device.
    if (named !== null) expect(message?.en).toContain(named);
  });
});
