"""`python -m hiproutine`, and the `hiproutine` command."""

import gc
import os
import sys

TYPE_CHECKING = False  # as in `cli.main`
if TYPE_CHECKING:
    from typing import NoReturn


def main() -> "NoReturn":
    # Most commands are over before a collection could pay; the screen turns collecting on after its first frame.
    # Measured: 5 ms of `streak`, a sixth of the way to the first frame.
    gc.disable()
    from hiproutine.cli.main import main as run

    code = run()
    sys.stderr.flush()
    # Everything is written and closed; taking the interpreter apart would cost 6 ms more.
    os._exit(code)


if __name__ == "__main__":
    main()
