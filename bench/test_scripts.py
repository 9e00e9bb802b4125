"""What the scripts make of figures; nothing is measured here. Run with `python3 bench/test_scripts.py`."""

import copy
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest
import unittest.mock
import xml.etree.ElementTree as xml

import document
import micro
import plot
import proxy
import side_by_side
import targets
import wrk

SAMPLE = json.loads((pathlib.Path(__file__).resolve().parent / "testdata" / "report.json").read_text())


def run(name, time, **more):
    return {"run_name": name, "run_type": "iteration", "real_time": time, "cpu_time": time / 2, "time_unit": "ns",
            "iterations": 10, **more}


class Micro(unittest.TestCase):
    def test_repetitions_are_put_together(self):
        got = micro.summarize([run("A", 200, bytes=7), run("A", 100, bytes=9), run("A", 400, bytes=8),
                               {"run_name": "A", "run_type": "aggregate", "real_time": 1}])
        self.assertEqual(got, {"A": {"least_ns": 50, "median_ns": 100, "counters": {"bytes": 8},
                                     "least_counters": {"bytes": 7}}})

    def test_time_on_the_wall_counts_where_the_name_says_so(self):
        got = micro.summarize([run("Loopback/http/real_time", 200), run("Fill/1000/1/manual_time", 3, time_unit="us")])
        self.assertEqual(got["Loopback/http"]["least_ns"], 200)
        self.assertEqual(got["Fill/1000/1"]["least_ns"], 3000)

    def test_a_benchmark_that_fails_says_why(self):
        got = micro.summarize([run("A", 200), run("A", 0, error_occurred=True, error_message="refused")])
        self.assertEqual(got, {"A": {"error": "refused"}})


class Targets(unittest.TestCase):
    def verdicts(self, report):
        return {row["what"]: row["verdict"] for row in targets.rows(report)}

    def test_every_target_is_judged(self):
        self.assertEqual(set(self.verdicts(SAMPLE).values()), {"met"})

    def test_what_is_worse_than_its_bound_is_missed(self):
        worse = copy.deepcopy(SAMPLE)
        worse["benchmarks"]["BingxSign"]["least_ns"] = 1000
        worse["wrk"]["rows"][0]["ratio_p99_us"] = 3.01
        worse["idle"]["serves"] = False
        missed = [what for what, verdict in self.verdicts(worse).items() if verdict == "missed"]
        self.assertEqual(missed, ["BingX: sign / bare digest", "mock over loopback, BingX: p99 / nginx",
                                  "idle connections held, and a signed order taken"])

    def test_what_was_not_measured_says_why(self):
        part = copy.deepcopy(SAMPLE)
        del part["start"], part["benchmarks"]["BareHmacSha256"]
        part["wrk"] = {"error": "nginx: no such file"}
        rows = {row["what"]: row for row in targets.rows(part)}
        self.assertEqual(rows["start to ready, median"]["verdict"], "not measured")
        self.assertEqual(rows["BingX: sign / bare digest"]["why"], "BareHmacSha256: was not run")
        text = "\n".join(targets.table(targets.rows(part)))
        self.assertIn("not measured: BareHmacSha256: was not run", text)


class Wrk(unittest.TestCase):
    @staticmethod
    def result(rate, p99):
        return {"requests_per_s": rate, "p50_us": 10, "p99_us": p99, "p999_us": p99}

    def test_ratios_are_of_each_round(self):
        runs = {"ocokit": [self.result(50, 9), self.result(10, 9), self.result(90, 9)],
                "nginx": [self.result(100, 3), self.result(10, 9), self.result(100, 1)]}
        rows = wrk.summarize(runs, {}, "bingx")
        self.assertEqual(rows[0]["requests_per_s"], 50)
        self.assertEqual(rows[0]["ratio_requests_per_s"], 0.9)  # of 0.5, 1, 0.9
        self.assertEqual(rows[0]["ratio_p99_us"], 3)
        self.assertNotIn("ratio_p99_us", rows[1])

    def test_one_that_failed_does_not_stop_the_others(self):
        class Good:
            name = "good"

            def measure(self, *_):
                return Wrk.result(1, 1)

        class Bad:
            name = "bad"

            def measure(self, *_):
                raise wrk.Failed("no java")

        class Requests:
            venue = "bingx"

        runs, failed = wrk.rounds([Bad(), Good()], Requests(), 2, 1, 1)
        rows = wrk.summarize(runs, failed, "bingx", against="good")
        self.assertEqual(rows[0], {"venue": "bingx", "subject": "bad", "error": "no java"})
        self.assertEqual(rows[1]["rounds"], 2)

    def test_requests_that_run_out_are_made_in_larger_files(self):
        class Subject(wrk.MockSubject):
            def measure_once(self, requests, seconds, connections):
                if requests.per_second < 200_000:
                    raise wrk.RanOut("the file of requests was too short")
                return requests.per_second

        with tempfile.TemporaryDirectory() as folder:
            requests = wrk.Requests("true", folder, "whitebit", 3)
            self.assertEqual(len(json.loads(requests.config.read_text())["accounts"]), 24)
            self.assertEqual(Subject("ocokit", folder).measure(requests, 3, 1), 240_000)
            keys = len(json.loads(requests.config.read_text())["accounts"])
            self.assertGreaterEqual(keys * wrk.NONCES, 240_000 * 4)
            requests.per_second = wrk.MOST_PER_SECOND
            with self.assertRaises(wrk.RanOut):
                requests.grow()

    def test_a_file_that_began_anew_has_run_out_whatever_came_of_it(self):
        told = {"requests": 9, "duration_us": 1e6, "laps": 1, "status_errors": 5, "timeouts": 0}

        class Done:
            stdout = json.dumps(told)
            stderr = ""
            returncode = 1

        with unittest.mock.patch.object(wrk.subprocess, "run", return_value=Done()):
            with self.assertRaises(wrk.RanOut):
                wrk.run_wrk(1, "file", 1, 1, once=True)
            with self.assertRaisesRegex(wrk.Failed, "5 status_errors") as failed:
                wrk.run_wrk(1, "file", 1, 1)
            self.assertNotIsInstance(failed.exception, wrk.RanOut)

    def test_without_what_it_is_held_against_there_is_no_ratio(self):
        rows = wrk.summarize({"ocokit": [self.result(1, 1)], "nginx": []}, {"nginx": "not there"}, "bingx")
        self.assertNotIn("ratio_requests_per_s", rows[0])


class Plots(unittest.TestCase):
    def test_each_is_a_picture_of_all_its_series(self):
        drawn = plot.plots(SAMPLE)
        self.assertEqual(set(drawn), {"engine.svg", "fills.svg", "peers.svg"})
        count = {name: len(xml.fromstring(text).findall(".//{*}polyline")) for name, text in drawn.items()}
        self.assertEqual(count, {"engine.svg": 3, "fills.svg": 1, "peers.svg": 0})
        self.assertEqual(len(xml.fromstring(drawn["peers.svg"]).findall(".//{*}rect")),
                         len(SAMPLE["wrk"]["rows"]) - 1)  # but for the one that could not start

    def test_a_report_of_little_has_few(self):
        self.assertEqual(plot.plots({"benchmarks": {}}), {})
        one = {"benchmarks": {"EnginePlaceAndCancel/1000": {"least_ns": 100}}}
        xml.fromstring(plot.plots(one)["engine.svg"])

    def test_a_decade_is_as_long_as_the_next(self):
        axis = plot.Axis([1000, 1_000_000], 0, 300)
        self.assertEqual([round(axis.at(10**power)) for power in range(3, 7)], [0, 100, 200, 300])


class Documents(unittest.TestCase):
    def test_a_part_is_written_anew_and_the_rest_stays(self):
        text = "a\n<!-- begin x -->\nold\n<!-- end x -->\nb\n"
        new = document.replaced(text, "x", "new")
        self.assertEqual(new, "a\n<!-- begin x -->\nnew\n<!-- end x -->\nb\n")
        self.assertEqual(document.replaced(new, "x", "new"), new)
        with self.assertRaises(SystemExit):
            document.replaced(text, "y", "new")

    def test_the_sample_fills_every_part_of_the_document(self):
        text = document.written(document.DOCUMENT.read_text(), SAMPLE)
        self.assertIn("| BingX: sign / bare digest | at most 1.25x | 1.07x | met |", text)
        self.assertIn("| prism | whitebit | not measured: cannot start", text)
        self.assertIn("| two, behind |", text)

    def test_figures_of_a_part_are_no_document(self):
        for part in (SAMPLE | {"quick": True}, {key: value for key, value in SAMPLE.items() if key != "proxy"}):
            with self.assertRaises(SystemExit):
                document.write(part)

    def test_a_report_of_another_version_says_which_and_what_to_run(self):
        old = copy.deepcopy(SAMPLE)
        del old["benchmarks"]["MockCreate/whitebit"]["least_counters"]
        for given, said in ((json.dumps(SAMPLE | {"format": 0}), "its format is 0, not 1"),
                            (json.dumps(old), "it lacks 'least_counters'; commit " + SAMPLE["build"]["commit"]),
                            (json.dumps([1]), "its format is null, not 1"), ("{", "cannot be read")):
            with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
                file.write(given)
                file.flush()
                with self.assertRaises(SystemExit) as raised:
                    document.read(file.name)
            self.assertIn(file.name, str(raised.exception))
            self.assertIn(said, str(raised.exception))
            if given != "{":
                self.assertIn("./dev bench --peers --proxy --document", str(raised.exception))
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            file.write(json.dumps(SAMPLE))
            file.flush()
            self.assertEqual(document.read(file.name), SAMPLE)


class Proxy(unittest.TestCase):
    def test_the_example_is_adapted(self):
        class Mock:
            def __init__(self, port):
                self.port = port

        text = proxy.adapted(5, [Mock(6), Mock(7), Mock(8)])
        self.assertIn("listen 127.0.0.1:5;", text)
        self.assertIn("server 127.0.0.1:6;\n    server 127.0.0.1:7;\n    server 127.0.0.1:8;\n", text)
        self.assertNotIn("daemon", text)
        self.assertNotIn("127.0.0.1:8791;", text)


class SideBySide(unittest.TestCase):
    def test_half_and_twice_make_one(self):
        self.assertAlmostEqual(side_by_side.mean([0.5, 2]), 1)

    def test_a_folder_that_is_no_build_is_named(self):
        script = pathlib.Path(side_by_side.__file__)
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run([sys.executable, script, "--before", folder, "--after", folder],
                                  capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 2)
        self.assertIn("has no bin/ocokit", done.stderr)


if __name__ == "__main__":
    unittest.main()
