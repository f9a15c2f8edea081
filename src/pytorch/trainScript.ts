import type { TorchModel } from './model.ts';

/** train.py: the same for all networks but for the name of the class. */
export const trainScript = ({
  name,
}: TorchModel): string => `"""Trains the network with the settings of recipe.py on the samples of data.py.

    python train.py                             one process, on a GPU if there is one
    torchrun --nproc-per-node 2 train.py        several processes, one per GPU if there are GPUs
    python train.py --resume                    continues after the last finished epoch

Results are in runs/: checkpoint.safetensors after every epoch, weights.safetensors at the end, and history.json.
"""

import argparse
import json
import math
import os
import time
import warnings
from contextlib import nullcontext
from pathlib import Path

import torch
import torch.distributed as dist
from safetensors import safe_open
from safetensors.torch import load_file, save_file
from torch.nn.parallel import DistributedDataParallel
from torch.utils.data import DataLoader, DistributedSampler

import recipe
from data import Samples, mix
from model import ${name}

FOLDER = Path(__file__).resolve().parent


def read_options():
    parser = argparse.ArgumentParser(description="Train the network.")
    parser.add_argument("--epochs", type=int, default=recipe.EPOCHS)
    parser.add_argument("--batch-size", type=int, default=recipe.BATCH_SIZE, help="of all processes together")
    parser.add_argument("--device", choices=["cpu", "cuda"], default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--amp", action="store_true", help="mixed precision: bfloat16 where PyTorch's autocast allows it")
    parser.add_argument("--workers", type=int, default=0, help="processes that load samples")
    parser.add_argument("--resume", action="store_true", help="continue after the last finished epoch")
    parser.add_argument("--fresh", action="store_true", help="start from new random weights")
    parser.add_argument("--weights", type=Path, default=FOLDER / "weights.safetensors", help="weights to start from")
    parser.add_argument("--out", type=Path, default=FOLDER / "runs", help="folder of the results")
    return parser.parse_args()


class Processes:
    """This process and the others of a run with torchrun."""

    def __init__(self, device: str):
        self.count = int(os.environ.get("WORLD_SIZE", 1))
        self.rank = int(os.environ.get("RANK", 0))
        local = int(os.environ.get("LOCAL_RANK", 0))
        self.device = torch.device("cuda", local) if device == "cuda" else torch.device("cpu")
        if self.count > 1:
            dist.init_process_group("nccl" if device == "cuda" else "gloo")
        if device == "cuda":
            torch.cuda.set_device(self.device)

    @property
    def is_first(self):
        return self.rank == 0

    def sum(self, values):
        """Sums over all processes."""
        total = torch.tensor(values, dtype=torch.float64, device=self.device)
        if self.count > 1:
            dist.all_reduce(total)
        return total.tolist()

    def wait(self):
        if self.count > 1:
            dist.barrier()

    def end(self):
        if self.count > 1:
            dist.destroy_process_group()


def on(device, values):
    return tuple(value.to(device, non_blocking=True) for value in values)


def train_step(model, inputs, targets, criterion, optimizer, precision=nullcontext()):
    """One step. Returns the loss before it and the number of correct predictions."""
    with precision:
        outputs = model(*inputs)
        loss = criterion(outputs, targets)
    optimizer.zero_grad()
    loss.backward()
    recipe.clip_gradients([p for p in model.parameters() if p.requires_grad])
    optimizer.step()
    return loss.item(), recipe.correct(outputs, targets)


@torch.no_grad()
def validate(model, criterion, samples, batch_size, processes, precision):
    """Mean loss and accuracy over the samples; every process takes its share of them."""
    model.eval()
    own = torch.utils.data.Subset(samples, range(processes.rank, len(samples), processes.count))
    loss, right, count, has_accuracy = 0.0, 0.0, 0, True
    for inputs, targets in DataLoader(own, batch_size=batch_size):
        inputs, targets = on(processes.device, inputs), on(processes.device, targets)
        with precision:
            outputs = model(*inputs)
            size = len(inputs[0])
            loss += criterion(outputs, targets).item() * size
        correct = recipe.correct(outputs, targets)
        has_accuracy = correct is not None
        right += correct.item() if has_accuracy else 0
        count += size
    loss, right, count = processes.sum([loss, right, count])
    return {"loss": loss / count, "accuracy": right / count if has_accuracy else None}


def text_of(metrics):
    accuracy = metrics["accuracy"]
    return f"{metrics['loss']:.4f}" + ("" if accuracy is None else f" {accuracy:.2%}")


def is_better(a, b):
    """Higher accuracy, or the same accuracy and a lower loss."""
    if a["accuracy"] is None or a["accuracy"] == b["accuracy"]:
        return a["loss"] < b["loss"]
    return a["accuracy"] > b["accuracy"]


def is_exhausted(epochs):
    """True if validation has not improved for the number of epochs of early stopping."""
    if recipe.EARLY_STOPPING is None:
        return False
    monitor = recipe.EARLY_STOPPING["monitor"]
    best, waited = float("inf"), 0
    for epoch in epochs:
        value = epoch["validation"][monitor] * (1 if monitor == "loss" else -1)
        if value < best - recipe.EARLY_STOPPING["min_delta"]:
            best, waited = value, 0
        else:
            waited += 1
    return waited >= recipe.EARLY_STOPPING["patience"]


def scheduler_step(scheduler, after, validation=None):
    if scheduler is None or after != ("epoch" if recipe.SCHEDULE in ("loss", "accuracy", "epoch") else "step"):
        return
    if recipe.SCHEDULE in ("loss", "accuracy"):
        metric = validation[recipe.SCHEDULE]
        scheduler.step(validation["loss"] if metric is None else metric)
    elif scheduler.last_epoch < getattr(scheduler, "total_steps", float("inf")):
        # OneCycleLR refuses steps after its last.
        scheduler.step()


def replayed(scheduler, steps, epochs):
    """The scheduler after the finished steps and epochs: a schedule depends on nothing else."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for _ in range(steps):
            scheduler_step(scheduler, "step")
        for epoch in epochs:
            scheduler_step(scheduler, "epoch", epoch["validation"])


def write(path, save):
    """Writes a file completely or not at all."""
    beside = path.with_name(f"{path.name}.part")
    save(beside)
    os.replace(beside, path)


def write_json(path, value):
    write(path, lambda to: to.write_text(json.dumps(value), encoding="utf-8"))


def parameter_names(model, optimizer):
    """Names of the parameters in the order in which the optimizer counts them."""
    names = {id(parameter): name for name, parameter in model.named_parameters()}
    return [names[id(parameter)] for group in optimizer.param_groups for parameter in group["params"]]


def save_checkpoint(path, model, optimizer, best, progress):
    """A safetensors file, without pickle. Its metadata holds the progress as JSON."""
    tensors = {f"model/{name}": value for name, value in model.state_dict().items()}
    names = parameter_names(model, optimizer)
    for index, state in optimizer.state_dict()["state"].items():
        tensors.update({f"optimizer/{names[index]}/{key}": v for key, v in state.items() if torch.is_tensor(v)})
    tensors.update({f"best/{name}": value for name, value in (best or {}).items()})
    tensors = {name: value.detach().cpu().contiguous().clone() for name, value in tensors.items()}
    write(path, lambda to: save_file(tensors, to, metadata={"progress": json.dumps(progress)}))


def load_checkpoint(path, model, optimizer):
    """Restores model and optimizer. Returns the best weights and the progress."""
    with safe_open(path, "pt") as file:
        progress = json.loads(file.metadata()["progress"])
        tensors = {name: file.get_tensor(name) for name in file.keys()}
    model.load_state_dict({n.removeprefix("model/"): v for n, v in tensors.items() if n.startswith("model/")})
    indices = {name: index for index, name in enumerate(parameter_names(model, optimizer))}
    state = optimizer.state_dict()
    for name, value in tensors.items():
        if name.startswith("optimizer/"):
            _, parameter, key = name.split("/")
            state["state"].setdefault(indices[parameter], {})[key] = value
    optimizer.load_state_dict(state)
    best = {n.removeprefix("best/"): v for n, v in tensors.items() if n.startswith("best/")}
    return best or None, progress


def read_history(path, steps):
    """The curves of the steps up to the checkpoint."""
    empty = {"step": [], "loss": [], "accuracy": [], "learning_rate": []}
    if not path.exists():
        return empty
    history = json.loads(path.read_text(encoding="utf-8"))["steps"]
    kept = sum(step <= steps for step in history["step"])
    return {name: history[name][:kept] for name in empty}


def main():
    options = read_options()
    processes = Processes(options.device)
    device = processes.device
    training, validation = Samples("train", training=True), Samples("validation")
    torch.manual_seed(recipe.SEED)
    model = ${name}()
    if options.fresh:
        recipe.initialize(model)
    else:
        model.load_state_dict(load_file(options.weights))
    recipe.freeze(model)
    model.to(device)
    criterion = recipe.Loss().to(device)
    optimizer = recipe.make_optimizer(model)

    sampler = DistributedSampler(training, processes.count, processes.rank, shuffle=True, seed=recipe.SEED)
    share = max(1, options.batch_size // processes.count)
    batches = DataLoader(
        training, batch_size=share, sampler=sampler, num_workers=options.workers, pin_memory=device.type == "cuda"
    )
    total = options.epochs * (len(batches) if recipe.SCHEDULE == "step" else 1)
    scheduler = recipe.make_scheduler(optimizer, total)
    precision = torch.autocast(device.type, dtype=torch.bfloat16) if options.amp else nullcontext()

    options.out.mkdir(parents=True, exist_ok=True)
    checkpoint, history_file = options.out / "checkpoint.safetensors", options.out / "history.json"
    best, epochs, step, best_epoch = None, [], 0, None
    if options.resume and checkpoint.exists():
        best, progress = load_checkpoint(checkpoint, model, optimizer)
        epochs, step, best_epoch = progress["epochs"], progress["step"], progress["best"]
        replayed(scheduler, step, epochs)
    steps = read_history(history_file, step)
    wrapped = DistributedDataParallel(model) if processes.count > 1 else model

    while len(epochs) < options.epochs and not is_exhausted(epochs):
        started = time.perf_counter()
        epoch = len(epochs)
        sampler.set_epoch(epoch)
        # Dropout and random transforms of an epoch do not depend on earlier ones, so a resumed run continues alike.
        torch.manual_seed(recipe.SEED + 1_000_003 * (epoch + 1) + processes.rank)
        recipe.training_mode(model)
        loss, right, count = 0.0, 0.0, 0
        for inputs, targets in batches:
            inputs, targets = mix(on(device, inputs), on(device, targets))
            rate = optimizer.param_groups[0]["lr"]
            step_loss, correct = train_step(wrapped, inputs, targets, criterion, optimizer, precision)
            if not math.isfinite(step_loss):
                raise SystemExit(f"The loss is {step_loss} in step {step + 1}. The last checkpoint stays. Lower the learning rate.")
            scheduler_step(scheduler, "step")
            step += 1
            size = len(inputs[0])
            loss, count = loss + step_loss * size, count + size
            right += 0 if correct is None else correct.item()
            accuracy = None if correct is None else correct.item() / size
            row = {"step": step, "loss": step_loss, "accuracy": accuracy, "learning_rate": rate}
            for name, value in row.items():
                steps[name].append(value)
        loss, right, count = processes.sum([loss, right, count])
        has_accuracy = correct is not None
        trained = {"loss": loss / count, "accuracy": right / count if has_accuracy else None}
        validated = validate(model, criterion, validation, share, processes, precision)
        scheduler_step(scheduler, "epoch", validated)
        seconds = time.perf_counter() - started
        epochs.append({"epoch": epoch + 1, "train": trained, "validation": validated, "seconds": seconds})
        if best_epoch is None or is_better(validated, epochs[best_epoch - 1]["validation"]):
            best_epoch = epoch + 1
            if recipe.KEEP_BEST:
                best = {name: value.detach().cpu().clone() for name, value in model.state_dict().items()}
        if processes.is_first:
            progress = {"epochs": epochs, "step": step, "best": best_epoch, "of": options.epochs}
            progress["batch_size"] = options.batch_size
            save_checkpoint(checkpoint, model, optimizer, best, progress)
            write_json(history_file, {**progress, "steps": steps})
            told = f"training {text_of(trained)}  validation {text_of(validated)}  {seconds:.1f} s"
            print(f"epoch {epoch + 1}/{options.epochs}  {told}", flush=True)
        processes.wait()

    if processes.is_first:
        weights = best if recipe.KEEP_BEST and best is not None else model.state_dict()
        weights = {name: value.detach().cpu().contiguous().clone() for name, value in weights.items()}
        write(options.out / "weights.safetensors", lambda to: save_file(weights, to))
        print(f"Back into Netloom: netloom import {FOLDER} -o trained.netloom")
    processes.end()


if __name__ == "__main__":
    main()
`;
