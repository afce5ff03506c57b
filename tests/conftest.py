"""What holds for every test."""

import signal


def pytest_configure() -> None:
    """Let programs that tests start be stoppable by Ctrl-C, wherever the tests run.

    A shell starts what it runs in the background deaf to it, and that is inherited.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)
