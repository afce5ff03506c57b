"""Fitting the head's network: encoder frames in, chances of wordings out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from voicecheckin.hearing.recognisers.head import DILATIONS, Numbers

from .feature_cache import Halves

Whole = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Hyperparameters:
    """How long and how boldly to learn."""

    rounds: int = 5
    """Times that every clip is seen."""
    pace: float = 3e-3
    batch: int = 128
    width: int = 128
    smoothing: float = 0.05
    """How far from certain the head is asked to be."""
    seed: int = 0


class Net(nn.Module):
    """The network of `voicecheckin.hearing.recognisers.head`, as it is while it learns."""

    def __init__(self, frames: Sequence[Halves], labels: int, width: int, looks: int = 4) -> None:
        super().__init__()
        some = np.concatenate(frames[:: max(1, len(frames) // 1500)]).astype(np.float32)
        self.mean = nn.Buffer(torch.from_numpy(some.mean(axis=0)))
        self.spread = nn.Buffer(torch.from_numpy(some.std(axis=0) + 1e-3))
        self.first = nn.Linear(some.shape[1], width)
        self.dilated = nn.ModuleList(
            nn.Conv1d(width, width, 3, padding=dilation, dilation=dilation)
            for dilation in DILATIONS
        )
        self.attention = nn.Linear(width, looks)
        self.last = nn.Linear(width * (looks + 1), labels)
        self.dropout = nn.Dropout(0.2)

    def forward(self, frames: Tensor, heard: Tensor) -> Tensor:
        """Scores of all labels; *heard* is False where a clip is over."""
        still = ~heard[..., None]
        hidden = self.dropout(self.first((frames - self.mean) / self.spread).relu())
        hidden = hidden.masked_fill(still, 0).transpose(1, 2)
        for convolution in self.dilated:
            hidden = hidden + self.dropout(convolution(hidden).relu())
            hidden = hidden.masked_fill(still.transpose(1, 2), 0)
        hidden = hidden.transpose(1, 2)
        attention = self.attention(hidden).masked_fill(still, -1e4).softmax(dim=1)
        looked = torch.einsum("btd,btl->bdl", hidden, attention).flatten(1)
        highest = hidden.masked_fill(still, -1e4).amax(dim=1)
        scores: Tensor = self.last(self.dropout(torch.cat([looked, highest], dim=1)))
        return scores


def batch(clips: Sequence[Halves]) -> tuple[Tensor, Tensor]:
    """Clips side by side, filled up to the longest, and where they are heard."""
    lengths = np.array([len(clip) for clip in clips])
    filled = np.zeros((len(clips), max(8, lengths.max()), clips[0].shape[1]), np.float32)
    for row, clip in zip(filled, clips, strict=True):
        row[: len(clip)] = clip
    heard = np.arange(filled.shape[1]) < lengths[:, None]
    return torch.from_numpy(filled), torch.from_numpy(heard)


def batches(
    clips: Sequence[Halves], size: int, chance: np.random.Generator
) -> Iterator[npt.NDArray[np.intp]]:
    """Places of clips of about one length, in random order."""
    lengths = np.array([len(clip) for clip in clips]) + chance.uniform(0, 12, len(clips))
    parts = np.array_split(np.argsort(lengths), len(clips) // size + 1)
    for number in chance.permutation(len(parts)):
        yield parts[number]


def learn(
    clips: Sequence[Halves], labels: Whole, count: int, hyperparameters: Hyperparameters
) -> Net:
    """Train a network to tell *count* labels apart; the same in every run on one machine."""
    torch.manual_seed(hyperparameters.seed)
    chance = np.random.default_rng(hyperparameters.seed)
    net = Net(clips, count, hyperparameters.width)
    steps = hyperparameters.rounds * (len(clips) // hyperparameters.batch + 1)
    learner = torch.optim.AdamW(net.parameters(), hyperparameters.pace, weight_decay=0.02)
    pace = torch.optim.lr_scheduler.OneCycleLR(learner, hyperparameters.pace, steps, pct_start=0.15)
    loss_of = nn.CrossEntropyLoss(label_smoothing=hyperparameters.smoothing)
    wanted = torch.from_numpy(labels)
    for _ in range(hyperparameters.rounds):
        for places in batches(clips, hyperparameters.batch, chance):
            loss = loss_of(net(*batch([clips[place] for place in places])), wanted[places])
            learner.zero_grad()
            loss.backward()
            learner.step()
            pace.step()
    return net.eval()


def weights(net: Net) -> dict[str, Numbers]:
    """The network as `voicecheckin.hearing.recognisers.head` reads it."""
    arrays = {
        "mean": net.mean,
        "spread": net.spread,
        "in": net.first.weight.T,
        "in bias": net.first.bias,
        "attention": net.attention.weight.T,
        "attention bias": net.attention.bias,
        "out": net.last.weight.T,
        "out bias": net.last.bias,
    }
    for number, dilation in enumerate(net.dilated):
        assert isinstance(dilation, nn.Conv1d)
        assert dilation.bias is not None
        arrays[f"dilation {number}"] = dilation.weight.permute(2, 1, 0)
        arrays[f"dilation {number} bias"] = dilation.bias
    return {name: array.detach().numpy().astype(np.float32) for name, array in arrays.items()}
