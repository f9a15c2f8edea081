/** check.py: compares the model in Keras with the outputs that Netloom computed for the same inputs. */
export const checkScript = (
  parameters: number,
): string => `"""Compares the outputs of the model with those that Netloom computed: python check.py [channels_first]"""

import sys
from pathlib import Path

import keras
from safetensors.numpy import load_file

if len(sys.argv) > 1:
    keras.config.set_image_data_format(sys.argv[1])

from model import load_weights, make_model

FOLDER = Path(__file__).resolve().parent
# Of the largest output.
TOLERANCE = 1e-4
PARAMETERS = ${parameters}


def in_data_format(array):
    """Images of the proof have channels first."""
    is_image = array.ndim == 4 and keras.config.image_data_format() == "channels_last"
    return array.transpose(0, 2, 3, 1) if is_image else array


def main():
    model = make_model()
    load_weights(model, FOLDER / "weights.safetensors")
    # Running statistics of batch normalization are no parameters.
    variables = [v for layer in model.layers for v in layer.weights if not v.name.startswith("moving_")]
    parameters = sum(keras.ops.size(variable) for variable in variables)
    proof = load_file(FOLDER / "proof.safetensors")
    inputs = [in_data_format(proof[name]) for name in sorted(proof) if name.startswith("input/")]
    expected = {name.split("/", 2)[2]: proof[name] for name in sorted(proof) if name.startswith("output/")}
    outputs = model(inputs if len(inputs) > 1 else inputs[0], training=False)
    if not isinstance(outputs, dict):
        outputs = {name: outputs for name in expected}
    worst, largest = 0.0, 0.0
    for name, array in expected.items():
        wanted = in_data_format(array)
        worst = max(worst, float(abs(keras.ops.convert_to_numpy(outputs[name]) - wanted).max()))
        largest = max(largest, float(abs(wanted).max()))
    agrees = worst <= TOLERANCE * max(largest, 1e-6) and parameters == PARAMETERS
    print(f"parameters: {parameters}, in Netloom {PARAMETERS}")
    print(f"largest difference of the outputs: {worst:.1e}, largest output {largest:.3g}")
    print("The network is the same." if agrees else "The network DIFFERS from the one in Netloom.")
    return 0 if agrees else 1


if __name__ == "__main__":
    sys.exit(main())
`;
