import type { CheckedGraph } from '../check/checkedGraph.ts';
import { isInput } from '../layers/input.ts';
import { isImage } from './axes.ts';
import type { KerasModel } from './model.ts';

/** README.md of a project. */
export function readmeText({ document, nodes }: CheckedGraph, { name, hasImages }: KerasModel): string {
  const title = document.name.trim() === '' ? name : document.name;
  const ends = nodes.filter(({ layer }) => layer.output !== undefined);
  const outputs = ends.map(({ node, layer }) => {
    const meaning = { class: 'logits of the classes', binary: 'logits of yes', numbers: 'values' } as const;
    return `- ${node.name}: ${meaning[layer.output?.answers ?? 'numbers']}`;
  });
  const inputs = nodes
    .filter(({ layer }) => isInput(layer.type))
    .map((input) => {
      const shape = Object.values(input.outputs)[0] ?? [];
      const [channels, height, width] = shape;
      const axes = isImage(shape) ? [height, width, channels] : shape;
      return `- ${input.node.name}: float32 [samples, ${axes.join(', ')}]${isImage(shape) ? ', channels last' : ''}`;
    });
  const format = hasImages
    ? `
Images have channels last, as TensorFlow needs them on the CPU. Where the backend supports it, the model also works with
channels first: \`keras.config.set_image_data_format("channels_first")\` before the import of model.py, or
\`python check.py channels_first\`. The weights are the same for both: where values become a vector, model.py puts
channels first, the order in which the next layer was trained.
`
    : '';
  return `# ${title}

This network was drawn in Netloom. The project needs Keras 3 with TensorFlow, JAX or PyTorch, which the environment variable
KERAS_BACKEND chooses (\`tensorflow\`, \`jax\` or \`torch\`): \`pip install -r requirements.txt tensorflow\`

    python check.py        compares the outputs with those of Netloom

| file | contents |
| --- | --- |
| model.py | the network: \`make_model()\`, and \`load_weights(model, path)\` |
| weights.safetensors | the weights, as \`layer.variable\`, in the axes of Keras |
| check.py, proof.safetensors | random inputs, and the outputs that Netloom computed for them |

\`\`\`python
from model import load_weights, make_model

model = make_model()
load_weights(model, "weights.safetensors")
model.save("network.keras")
\`\`\`

Inputs, preprocessed as in Netloom:

${inputs.join('\n')}

Outputs:

${outputs.join('\n')}
${format}
Layers inside a block have the name of the block before their own. Names have ASCII characters only, because TensorFlow
accepts no others.

There is no training script. For \`model.compile\`, losses of logits need \`from_logits=True\`. Training in Keras differs from
training in Netloom in the running variance of batch normalization, which Keras computes without Bessel's correction.
`;
}
