"""What the filter does when the program is slow, wrong, killed or silent. DIXIT is the program."""

import json
import os
import signal
import stat
import tempfile
import textwrap
import time
import unittest
from pathlib import Path

import dixit_filter
from dixit_filter import DixitFailed, Run

DIXIT = os.environ.get("DIXIT", "dixit")
COMMAND = [DIXIT, "extract", "--quiet", "--jobs", "1", "--format", "articles", "-"]
TEXT = "« Le pont tiendra », a déclaré Anne Roy."


def extract(records, *settings):
    return dixit_filter.extract(((record, record) for record in records), *settings)


def record(number, text=TEXT, **more):
    return {"id": f"a{number}", "text": text, **more}


class WithProgram(unittest.TestCase):
    """The program itself."""

    def test_each_article_is_answered_in_its_order(self):
        records = [record(number) for number in range(1000)]
        answers = list(extract(records, COMMAND))
        self.assertEqual([given["id"] for given, _ in answers], [r["id"] for r in records])
        self.assertTrue(all(len(found["statements"]) == 1 for _, found in answers))

    def test_what_is_wrong_with_an_article_is_told_in_its_place(self):
        records = [
            record(0),
            record(1, text=""),
            record(2, published="someday"),
            record(3, text=None),
            record(4, text="Il pleut."),
            record(5, text=7),
        ]
        answers = [found for _, found in extract(records, COMMAND)]
        self.assertEqual(["error" in found for found in answers], [False, True, False, True, False, True])
        self.assertEqual(answers[1]["error"], "text: empty: give the article's words")
        self.assertIn("someday", answers[2]["said"][0])

    def test_nothing_and_only_wrong_articles(self):
        self.assertEqual(list(extract([], COMMAND)), [])
        answers = [found for _, found in extract([record(n, text="") for n in range(3)], COMMAND)]
        self.assertEqual(["error" in found for found in answers], [True] * 3)

    def test_large_articles_and_a_slow_reader_do_not_stop_it(self):
        records = [record(number, text=" ".join([TEXT] * (5000 if number % 50 == 0 else 5))) for number in range(120)]
        for number, (given, found) in enumerate(extract(iter(records), COMMAND)):
            if number < 3:
                time.sleep(0.2)
            self.assertGreaterEqual(len(found["statements"]), 5)
        self.assertEqual(number, 119)

    def test_a_killed_program_costs_nothing(self):
        seen, killed = [], False

        def records():
            for number in range(2000):
                # Its process is the only child.
                nonlocal killed
                if number == 1200:
                    for child in children():
                        os.kill(child, signal.SIGKILL)
                        killed = True
                yield record(number)

        seen = [given["id"] for given, found in extract(records(), COMMAND) if "graph" in found]
        self.assertTrue(killed)
        self.assertEqual(seen, [f"a{number}" for number in range(2000)])

    def test_a_program_that_cannot_be_used_is_told_at_once(self):
        with self.assertRaisesRegex(DixitFailed, "--base"):
            list(extract([record(n) for n in range(100)], [*COMMAND, "--base", "nonsense"]))

    def test_who_reads_no_more_ends_it(self):
        answers = extract((record(number) for number in range(100000)), COMMAND)
        next(answers)
        answers.close()
        self.assertEqual(children(), [])

    def test_a_fault_where_the_articles_come_from_is_raised(self):
        def records():
            yield record(0)
            raise OSError("the disk is gone")

        with self.assertRaisesRegex(OSError, "the disk is gone"):
            list(extract(records(), COMMAND))


class WithStandIn(unittest.TestCase):
    """A program that dies or hangs on certain words."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        program = Path(folder.name) / "dixit"
        program.write_text(textwrap.dedent("""\
            #!/usr/bin/env python3
            import json, os, signal, sys, time
            for line in sys.stdin:
                record = json.loads(line)
                if record["text"] == "die":
                    os.kill(os.getpid(), signal.SIGSEGV)
                if record["text"] == "hang":
                    time.sleep(60)
                print(json.dumps({"article": record["id"]}), flush=True)
            """))
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        self.command = [str(program)]

    def answers(self, texts, patience=600.0):
        records = [record(number, text) for number, text in enumerate(texts)]
        answers = list(extract(records, self.command, patience))
        self.assertEqual([given for given, _ in answers], records)
        return [found.get("error") for _, found in answers]

    def test_the_article_on_which_it_dies_is_found(self):
        errors = self.answers(["a", "die", "b", "c", "die", "d"])
        told = "dixit failed on it, and alone again: signal 11 ended it"
        self.assertEqual(errors, [None, told, None, None, told, None])

    def test_the_article_on_which_it_hangs_is_found(self):
        errors = self.answers(["a", "hang", "b"], patience=0.5)
        self.assertEqual(errors, [None, "dixit failed on it, and alone again: it was silent for 0.5 s", None])

    def test_who_waits_for_articles_does_not_hang(self):
        def chunks():
            yield b'{"id": "a", "text": "a"}\n'
            time.sleep(1.5)
            yield b'{"id": "b", "text": "b"}\n'

        run = Run(self.command, chunks(), patience=0.6)
        self.assertEqual((len(list(run.lines())), run.ending()), (2, None))

    def test_a_program_that_always_dies_is_told(self):
        with self.assertRaises(DixitFailed):
            self.answers(["die"] * 10)


def children():
    """The processes that this one began and that still run."""
    children = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            status, parent = (process / "stat").read_text().rsplit(")", 1)[1].split()[:2]
        except OSError:
            continue
        if int(parent) == os.getpid() and status != "Z":
            children.append(int(process.name))
    return children


if __name__ == "__main__":
    unittest.main()
