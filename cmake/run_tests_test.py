#!/usr/bin/env python3
"""What cmake/run_tests.py makes of tests that fail: at first, always, and without the label."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

SCRIPT = pathlib.Path(__file__).resolve().parent / "run_tests.py"
AT_FIRST = "test -e {folder}/again || {{ touch {folder}/again; echo said at first; exit 1; }}; echo said again"


def run(tests, *options):
    """tests: name -> (shell command, labels). Status and output."""
    with tempfile.TemporaryDirectory() as folder:
        lines = []
        for name, (command, labels) in tests.items():
            lines.append(f'add_test({name} sh -c "{command.format(folder=folder)}")')
            lines.append(f'set_tests_properties({name} PROPERTIES LABELS "{labels}")')
        (pathlib.Path(folder) / "CTestTestfile.cmake").write_text("\n".join(lines) + "\n")
        done = subprocess.run([sys.executable, "-B", str(SCRIPT), folder, *options], capture_output=True, text=True,
                              check=False)
        return done.returncode, done.stdout


class SecondTry(unittest.TestCase):
    def test_without_a_failure_there_is_none(self):
        status, text = run({"good": ("true", "realtime")})
        self.assertEqual(status, 0)
        self.assertIn("passed at the second try: 0\n", text)
        self.assertIn("100% tests passed", text[text.index("passed at the second try"):])

    def test_one_that_real_time_disturbed_passes_then(self):
        # One of the others lists the tests, which empties ctest's log.
        lists = ("sleep 1; ctest --test-dir {folder} -N -V", "slow")
        status, text = run({"shaky": (AT_FIRST, "realtime"), "lists": lists}, "--parallel", "2")
        self.assertEqual(status, 0)
        self.assertIn("passed at the second try: 1, shaky\n", text)
        self.assertIn("said at first", text[text.index("shaky, first try"):])
        self.assertIn("said again", text[text.index("shaky, second try"):])
        self.assertIn("100% tests passed, 0 tests failed out of 1", text)

    def test_one_that_fails_twice_has_failed(self):
        status, text = run({"bad": ("exit 1", "realtime")})
        self.assertNotEqual(status, 0)
        self.assertIn("second try, alone: bad", text)
        self.assertIn("passed at the second try: 0\n", text)

    def test_no_other_test_is_repeated(self):
        for tests in ({"shaky": (AT_FIRST, "slow")}, {"shaky": (AT_FIRST, "realtime"), "bad": ("exit 1", "slow")},
                      {f"shaky{i}": ("exit 1", "realtime") for i in range(6)}):
            status, text = run(tests)
            self.assertNotEqual(status, 0)
            self.assertNotIn("second try, alone", text)
            self.assertIn("passed at the second try: 0\n", text)


if __name__ == "__main__":
    unittest.main()
