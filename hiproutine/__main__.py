"""`python -m hiproutine`, and the `hiproutine` command."""

import gc


def main() -> int:
    # Most commands are over before a collection could pay; the screen turns collecting on after its first frame.
    # Measured: 5 ms of `streak`, a sixth of the way to the first frame.
    gc.disable()
    from hiproutine import cli

    return cli.main()


if __name__ == "__main__":
    raise SystemExit(main())
