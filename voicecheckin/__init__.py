"""A speaker on the kitchen table that guides a couple through a check-in."""

import os

__version__ = "0.2.0"

# Some libraries beneath the extras report their use over the network, and keep an id of the
# machine on its disk, from the moment that they are loaded. They are told not to before that.
os.environ.update(
    ORT_DISABLE_TELEMETRY="1",  # ONNX Runtime, under Piper
    HF_HUB_DISABLE_TELEMETRY="1",  # Hugging Face, under Whisper
    HF_HUB_OFFLINE="1",
)
