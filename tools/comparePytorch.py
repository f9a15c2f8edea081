"""PyTorch's half of comparePytorch.mjs: runs exported projects and compares them with Netloom.

    python comparePytorch.py PROJECT…

Every project also holds steps.safetensors: batches, and the weights of Netloom after a step on each. Prints one line of
JSON per project: parameters, largest difference of the outputs, losses of the steps, largest difference of the weights.
"""

import json
import sys
from pathlib import Path

import torch
from safetensors.torch import load_file

MODULES = ("model", "recipe", "data", "train")


def relative(got, wanted):
    """Largest difference, as a share of the largest value."""
    largest = max(wanted.abs().max().item(), 1e-6)
    return (got - wanted).abs().max().item() / largest


def compare(folder):
    for name in MODULES:
        sys.modules.pop(name, None)
    sys.path.insert(0, str(folder))
    try:
        import model as network
        import recipe
        import train
    finally:
        sys.path.pop(0)
    names = json.loads((folder / "names.json").read_text(encoding="utf-8"))
    made = [v for v in vars(network).values() if isinstance(v, type) and v.__module__ == "model"][-1]()
    made.load_state_dict(load_file(folder / "weights.safetensors"))
    proof = load_file(folder / "proof.safetensors")
    made.eval()
    with torch.no_grad():
        outputs = made(*[proof[name] for name in sorted(proof) if name.startswith("input/")])
    expected = {name.split("/", 2)[2]: value for name, value in proof.items() if name.startswith("output/")}
    if torch.is_tensor(outputs):
        outputs = {name: outputs for name in expected}
    logits = max(relative(outputs[name], value) for name, value in expected.items())

    steps = load_file(folder / "steps.safetensors")
    recipe.freeze(made)
    recipe.training_mode(made)
    criterion, optimizer = recipe.Loss(), recipe.make_optimizer(made)
    count = len({name.split("/")[1] for name in steps if name.startswith("batch/")})
    scheduler = recipe.make_scheduler(optimizer, recipe.EPOCHS * (count if recipe.SCHEDULE == "step" else 1))
    losses = []
    for step in range(count):
        part = lambda side: tuple(steps[name] for name in sorted(steps) if name.startswith(f"batch/{step}/{side}/"))
        loss, _ = train.train_step(made, part("input"), part("target"), criterion, optimizer)
        train.scheduler_step(scheduler, "step")
        losses.append(loss)
    state = made.state_dict()
    after = {name.removeprefix("after/"): value for name, value in steps.items() if name.startswith("after/")}
    weights = max((relative(state[name], value) for name, value in after.items()), default=0.0)
    assert set(names["tensors"].values()) == set(after)
    parameters = sum(parameter.numel() for parameter in made.parameters())
    return {"parameters": parameters, "logits": logits, "losses": losses, "weights": weights}


for place in sys.argv[1:]:
    try:
        print(json.dumps({"project": place, **compare(Path(place).resolve())}), flush=True)
    except Exception as error:
        print(json.dumps({"project": place, "error": f"{type(error).__name__}: {error}"}), flush=True)
