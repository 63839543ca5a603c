"""Cases that a program prints as tests of scripts do: "ok - name" or "not ok - name", and last "1..N"."""


class Cases:
    """Counts them."""

    def __init__(self):
        self._number = self._failed = 0

    def case(self, name, problem=""):
        """One case; a problem is what failed, of any number of lines, or nothing."""
        self._number += 1
        print(f"{'not ok' if problem else 'ok'} - {name}", flush=True)
        if problem:
            self._failed += 1
            print("\n".join(f"# {line}" for line in problem.splitlines()), flush=True)

    def end(self):
        """Prints how many there were; gives the status to exit with."""
        print(f"1..{self._number}")
        return 1 if self._failed else 0
