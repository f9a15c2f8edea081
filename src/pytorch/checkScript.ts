import type { TorchModel } from './model.ts';

/** check.py: compares the network in PyTorch with the outputs that Netloom computed for the same inputs. */
export const checkScript = (
  { name }: TorchModel,
  parameters: number,
): string => `"""Compares the outputs of the network with those that Netloom computed: python check.py"""

import sys
from pathlib import Path

import torch
from safetensors.torch import load_file

from model import ${name}

FOLDER = Path(__file__).resolve().parent
# Of the largest output.
TOLERANCE = 1e-4
PARAMETERS = ${parameters}


def main():
    model = ${name}()
    model.load_state_dict(load_file(FOLDER / "weights.safetensors"))
    model.eval()
    parameters = sum(parameter.numel() for parameter in model.parameters())
    proof = load_file(FOLDER / "proof.safetensors")
    inputs = [proof[name] for name in sorted(proof) if name.startswith("input/")]
    expected = {name.split("/", 2)[2]: proof[name] for name in sorted(proof) if name.startswith("output/")}
    with torch.no_grad():
        outputs = model(*inputs)
    if torch.is_tensor(outputs):
        outputs = {name: outputs for name in expected}
    worst, largest = 0.0, 0.0
    for name, wanted in expected.items():
        worst = max(worst, (outputs[name] - wanted).abs().max().item())
        largest = max(largest, wanted.abs().max().item())
    agrees = worst <= TOLERANCE * max(largest, 1e-6) and parameters == PARAMETERS
    print(f"parameters: {parameters}, in Netloom {PARAMETERS}")
    print(f"largest difference of the outputs: {worst:.1e}, largest output {largest:.3g}")
    print("The network is the same." if agrees else "The network DIFFERS from the one in Netloom.")
    return 0 if agrees else 1


if __name__ == "__main__":
    sys.exit(main())
`;
