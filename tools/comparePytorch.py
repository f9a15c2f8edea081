"""PyTorch's half of comparePytorch.mjs: runs exported projects and compares them with Netloom.

    python comparePytorch.py PROJECT…

Every project also holds the steps that Netloom took, from the same weights: batches, gradients and choices in step0.safetensors, …, and
the weights after the last step in after.safetensors. Prints one line of JSON per project; `wrong` lists what differs.

A ReLU near 0 and a max pooling with two nearly equal values choose by rounding, and one other choice changes gradients by a thousandth.
So the steps are repeated three times: in float32 with PyTorch's own choices, and in float64 and float32 with the choices of Netloom.
The float64 run has nearly no rounding: it is the referee, and the float32 run shows which distance from it is rounding.
"""

import json
import sys
from pathlib import Path

import torch
from safetensors.torch import load_file

# Largest difference of outputs, and of an output of a layer by another choice, as a share of the largest.
LOGITS = 1e-4
CHOICES = 1e-4
# Distances from the referee that are always small enough. Larger ones have to be near to that of float32 in PyTorch.
LIMITS = {"gradients": 1e-5, "losses": 1e-3, "weights": 1e-3}
ROUNDING = 4

MODULES = ("model", "recipe", "data", "train")


def relative(got, wanted):
    """Largest difference, as a share of the largest value."""
    largest = max(wanted.abs().max().item(), 1e-6)
    return (got - wanted).abs().max().item() / largest


def loss_error(got, wanted):
    return max(abs(a - b) / max(abs(b), 1e-6) for a, b in zip(got, wanted, strict=True))


def weight_error(got, wanted):
    return max((relative(value.double(), wanted[name]) for name, value in got.items()), default=0.0)


def grouped(tensors, kind):
    return {name.removeprefix(f"{kind}/"): tensors[name] for name in sorted(tensors) if name.startswith(f"{kind}/")}


class Choices:
    """Makes ReLUs and max poolings of a network choose as in Netloom."""

    def __init__(self, network):
        self.tensors = {}
        # Largest difference that another choice makes in the output of a layer, as a share of the largest output.
        self.off = 0.0
        for name, module in network.named_modules():
            if isinstance(module, (torch.nn.ReLU, torch.nn.MaxPool2d)):
                module.register_forward_hook(lambda module, x, y, name=name: self.chosen(name, module, x[0], y))

    def chosen(self, name, module, x, y):
        choice = self.tensors.get(name)
        if choice is None:
            return y
        made = x * choice.to(x.dtype) if isinstance(module, torch.nn.ReLU) else x.flatten()[choice.flatten()].view_as(y)
        with torch.no_grad():
            self.off = max(self.off, relative(made, y))
        return made


class Steps:
    """The training steps in one precision."""

    def __init__(self, folder, network, recipe, train, steps, precision, follows):
        made = network().to(precision)
        made.load_state_dict(load_file(folder / "weights.safetensors"))
        recipe.freeze(made)
        recipe.training_mode(made)
        choices = Choices(made)
        criterion, optimizer = recipe.Loss().to(precision), recipe.make_optimizer(made)
        scheduler = recipe.make_scheduler(optimizer, recipe.EPOCHS * (len(steps) if recipe.SCHEDULE == "step" else 1))
        self.losses = []
        # Of the first step, before they are clipped.
        self.gradients = {}
        for name, parameter in made.named_parameters():
            if parameter.requires_grad:
                parameter.register_hook(lambda each, name=name: self.keep(name, each))
        for i, step in enumerate(steps):
            choices.tensors = grouped(step, "choice") if follows else {}
            batch = [
                tuple(x.to(precision) if x.is_floating_point() else x for x in grouped(step, f"batch/{side}").values())
                for side in ("input", "target")
            ]
            loss, _ = train.train_step(made, *batch, criterion, optimizer)
            train.scheduler_step(scheduler, "step")
            self.losses.append(loss)
            if i == 0:
                self.choices = choices.off
        self.weights = made.state_dict()
        self.parameters = sum(parameter.numel() for parameter in made.parameters())

    def keep(self, name, gradient):
        if name not in self.gradients:
            self.gradients[name] = gradient.to(torch.float64, copy=True)


def gradient_error(got, wanted):
    """Largest distance of the gradient of a tensor, as a share of its norm. Gradients that are zero but for rounding (a bias before
    batch normalization) are measured by all gradients."""
    whole = sum(each.norm() ** 2 for each in wanted.values()) ** 0.5
    return max(
        ((got[name].double() - each).norm() / max(each.norm(), 1e-2 * whole, 1e-30)).item() for name, each in wanted.items()
    )


def compare(folder):
    for name in MODULES:
        sys.modules.pop(name, None)
    sys.path.insert(0, str(folder))
    try:
        import model
        import recipe
        import train
    finally:
        sys.path.pop(0)
    network = [v for v in vars(model).values() if isinstance(v, type) and v.__module__ == "model"][-1]
    made = network()
    made.load_state_dict(load_file(folder / "weights.safetensors"))
    proof = load_file(folder / "proof.safetensors")
    made.eval()
    with torch.no_grad():
        outputs = made(*[proof[name] for name in sorted(proof) if name.startswith("input/")])
    expected = {name.split("/", 2)[2]: value for name, value in proof.items() if name.startswith("output/")}
    if torch.is_tensor(outputs):
        outputs = {name: outputs for name in expected}
    logits = max(relative(outputs[name], value) for name, value in expected.items())

    steps = [load_file(path) for path in sorted(folder.glob("step*.safetensors"))]
    after = load_file(folder / "after.safetensors")
    names = json.loads((folder / "names.json").read_text(encoding="utf-8"))
    assert set(names["tensors"].values()) == set(after)

    def run(precision, follows):
        return Steps(folder, network, recipe, train, steps, precision, follows)

    losses = [step["loss"].item() for step in steps]
    gradients = grouped(steps[0], "grad")
    referee = run(torch.float64, True)
    assert set(gradients) == set(referee.gradients)

    def distances(losses, gradients, weights):
        return {
            "gradients": gradient_error(gradients, referee.gradients),
            "losses": loss_error(losses, referee.losses),
            "weights": weight_error({name: weights[name] for name in after}, referee.weights),
        }

    def of(steps):
        return distances(steps.losses, steps.gradients, steps.weights)

    ours = distances(losses, gradients, after)
    theirs = of(run(torch.float32, True))
    wrong = [name for name, limit in LIMITS.items() if not ours[name] <= max(limit, ROUNDING * theirs[name])]
    if not logits <= LOGITS:
        wrong.append("outputs")
    if not referee.choices <= CHOICES:
        wrong.append("choices")
    return {
        "parameters": referee.parameters,
        "logits": logits,
        "choices": referee.choices,
        "ours": ours,
        "theirs": theirs,
        # With their own choices.
        "plain": of(run(torch.float32, False)),
        "wrong": wrong,
    }


for place in sys.argv[1:]:
    try:
        print(json.dumps({"project": place, **compare(Path(place).resolve())}), flush=True)
    except Exception as error:
        print(json.dumps({"project": place, "error": f"{type(error).__name__}: {error}"}), flush=True)
