"""The job on a cluster of this machine's own processes, undisturbed and with some of them killed. DIXIT is the program.

What comes out must be what `dixit extract` makes of the same articles in one process: the same statements, and the same quads.
"""

import gzip
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest
from pathlib import Path

import pyspark
from pyspark.sql import SparkSession

import job

DIXIT = os.environ.get("DIXIT", "dixit")
PROJECT = Path(__file__).resolve().parents[2]
# Each article of seeds/ so often, under other names, and its text so often over.
COPIES, LENGTH = int(os.environ.get("SPARK_COPIES", "60")), 15
TASKS = 24


def dixit(*arguments, stdin=None):
    """What the program prints in one process."""
    return subprocess.run([DIXIT, *arguments], input=stdin, stdout=subprocess.PIPE, check=False).stdout


def session():
    os.environ["SPARK_HOME"] = str(Path(pyspark.__file__).parent)
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    builder = SparkSession.builder.master("local-cluster[2,1,1024]").appName("test of dixit")
    for name, value in {
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.shuffle.partitions": "8",
        "spark.executor.memory": "1g",
        **job.SETTINGS,
    }.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    return spark


class Job(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.spark = session()
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        # What the cluster leaves in the folder of Spark.
        work = Path(os.environ["SPARK_HOME"]) / "work" / cls.spark.sparkContext.applicationId
        cls.addClassCleanup(shutil.rmtree, work, ignore_errors=True)
        cls.addClassCleanup(cls.spark.stop)
        cls.folder = Path(folder.name)
        cls.articles = articles()
        cls.input = cls.folder / "news"
        cls.input.mkdir()
        lines = [json.dumps(article, ensure_ascii=False) + "\n" for article in cls.articles]
        for number in range(4):
            with gzip.open(cls.input / f"{number}.jsonl.gz", "wt") as file:
                file.writelines(lines[number::4])
                # What is wrong, or comes again, is in each.
                file.write(f"no object {number}\n" + json.dumps({"id": f"empty-{number}", "text": ""}) + "\n")
                file.write(lines[0] if number else "\n")
        odd = [b'{"id": "latin", "text": "caf\xe9"}', b'{"id": "half \\ud800", "text": "\\ud800"}', b"[" * 100000, b"[1, 2]"]
        (cls.input / "odd.jsonl").write_bytes(b"\n".join(odd) + b"\n")
        cls.wrong = 4 + 4 + 3 + len(odd)
        cls.statements = sorted(dixit("extract", "-q", "-", stdin="".join(lines).encode()).decode().splitlines())
        quads = dixit("extract", "-q", "--format", "nquads", "-", stdin="".join(lines).encode()).decode()
        cls.quads = sorted(set(quads.splitlines()))
        cls.plain = cls.run_job("plain")

    @classmethod
    def run_job(cls, name, form="jsonl", source=None, *more):
        output = cls.folder / name
        arguments = ["--dixit", DIXIT, "--output", str(output), "--form", form, "--partitions", str(TASKS), *more]
        job.run(cls.spark, job.parse([*arguments, str(source or cls.input)]))
        return output

    def assert_same(self, output):
        """What one process makes of the articles, and errors for the rest."""
        self.assertEqual(statements(output), self.statements)
        self.assertEqual(quads(output), self.quads)
        manifest = json.loads((output / "manifest.json").read_text())
        self.assertEqual((manifest["articles"], manifest["refused"]), (len(self.articles), self.wrong))
        self.assertEqual(manifest["records"], len(self.articles) + self.wrong)
        self.assertEqual(errors(output), errors(self.plain))

    def test_what_comes_out_is_what_one_process_makes(self):
        self.assert_same(self.plain)
        self.assertEqual(len(errors(self.plain)), self.wrong)
        # No article is in two files, so that each file can be sent or imported by itself.
        seen = set()
        for file in (self.plain / "quads").glob("*.gz"):
            graphs = {line.rsplit(" <", 1)[1] for line in gzip.open(file, "rt")}
            self.assertTrue(graphs.isdisjoint(seen))
            seen |= graphs
        self.assertEqual(len(seen), len(self.articles))

    def test_statements_are_in_columns_by_date(self):
        table = self.spark.read.parquet(str(self.plain / "statements"))
        self.assertIn("2022-03", {row.date for row in table.select("date").distinct().collect()})
        row = table.where("kind = 'direct' AND size(actors) = 1").first()
        whole = json.loads(row.json)
        self.assertEqual((row.iri, row.text, row.actors[0].name), (whole["iri"], whole["text"], whole["actors"][0]["name"]))
        self.assertAlmostEqual(row.confidence, whole["confidence"])
        self.assertEqual(table.select("iri").distinct().count(), table.count())

    def test_a_store_takes_what_came_out(self):
        shards = [str(file) for part in ("quads", "shared") for file in (self.plain / part).glob("*.gz")]
        store = self.folder / "store"
        self.assertEqual(len(dixit("import", "-q", "--format", "nquads", "--store", str(store), *shards)), 0)
        stats = json.loads(dixit("stats", "--store", str(store), "--format", "json"))
        self.assertEqual((stats["articles"], stats["statements"]), (len(self.articles), len(self.statements)))

    def test_killed_processes_cost_nothing(self):
        killer = Killer(self.spark.sparkContext)
        killer.start()
        output = self.run_job("killed")
        killer.over.set()
        killer.join()
        print("\n".join(killer.log), file=sys.stderr, flush=True)
        self.assertEqual(killer.left, [], "all were killed while the articles were being read")
        self.assert_same(output)
        print(f"{len(statements(output))} statements and {len(quads(output))} quads, as without", file=sys.stderr, flush=True)

    def test_articles_of_a_table(self):
        table = self.folder / "table"
        self.spark.createDataFrame(self.articles, "id string, title string, outlet string, published string, text string") \
            .write.parquet(str(table))
        output = self.run_job("of_table", "parquet", table)
        self.assertEqual((statements(output), quads(output)), (self.statements, self.quads))
        self.assertEqual(errors(output), [])

    def test_web_archives_and_what_is_none(self):
        archives = self.folder / "archives"
        archives.mkdir()
        for number, text in enumerate(["Le pont tiendra", "La digue cédera"]):
            (archives / f"{number}.warc.gz").write_bytes(gzip.compress(warc(number, text)))
        (archives / "torn.warc.gz").write_bytes(gzip.compress(warc(7, "Le quai rouvrira"))[:-30])
        output = self.run_job("of_archives", "files", archives / "*")
        found = {json.loads(line)["text"] for line in statements(output)}
        self.assertLessEqual({"Le pont tiendra", "La digue cédera"}, found)
        self.assertTrue(any(error["source"].endswith("torn.warc.gz") for error in errors(output)), errors(output))

    def test_of_two_with_one_address_the_later_counts(self):
        lines = [
            {"id": "1", "url": "https://a.example/1", "date": "2022-03-01", "text": "« Le pont tiendra », a dit Anne Roy."},
            {"id": "2", "url": "https://a.example/1", "date": "2022-03-02", "text": "« Il cédera », a dit Anne Roy."},
        ]
        source = self.folder / "versions.jsonl"
        source.write_text("".join(json.dumps(line) + "\n" for line in lines))
        output = self.run_job("of_versions", "jsonl", source)
        self.assertEqual([json.loads(line)["text"] for line in statements(output)], ["Il cédera"])
        self.assertEqual([error["id"] for error in errors(output)], ["1"])

    def test_a_job_that_broke_off_goes_on(self):
        source = self.folder / "few.jsonl"
        source.write_text("".join(json.dumps(article) + "\n" for article in self.articles[:20]))
        output = self.run_job("resumed", "jsonl", source, "--keep")
        whole = statements(output), quads(output)
        (output / "manifest.json").unlink()
        shutil.rmtree(output / "quads")
        begun = (output / "done" / "_SUCCESS").stat().st_mtime_ns
        self.run_job("resumed", "jsonl", source, "--resume", "--keep")
        self.assertEqual((statements(output), quads(output)), whole)
        self.assertEqual((output / "done" / "_SUCCESS").stat().st_mtime_ns, begun)
        self.assertTrue((output / "manifest.json").exists())

    def test_a_folder_that_is_there_stays(self):
        with self.assertRaisesRegex(SystemExit, "is there already"):
            self.run_job("plain")
        self.assertTrue((self.plain / "manifest.json").exists())


class Killer(threading.Thread):
    """Kills, while articles are read, a process of dixit, then one of Python's, then a whole executor."""

    def __init__(self, context):
        super().__init__(daemon=True)
        self.context, self.over, self.log = context, threading.Event(), []
        self.left = ["dixit", "pyspark.daemon", "CoarseGrainedExecutorBackend"]

    def run(self):
        tracker = self.context.statusTracker()
        while self.left and not self.over.wait(0.02):
            stages = [tracker.getStageInfo(number) for number in tracker.getActiveStageIds()]
            reading = [stage for stage in stages if stage and stage.numTasks == TASKS]
            # At some moment between the first tasks and the last.
            done = reading[0].numCompletedTasks if reading else 0
            if not 2 + 4 * (3 - len(self.left)) <= done < TASKS - 4:
                continue
            for number, name, words in descendants(os.getpid()):
                is_it = name == "dixit" if self.left[0] == "dixit" else self.left[0] in words
                if is_it:
                    os.kill(number, signal.SIGKILL)
                    self.log.append(f"killed {self.left.pop(0)} (process {number}) when {done} of {TASKS} tasks were done")
                    break

def descendants(root):
    """The processes below this one: number, name and command line."""
    parents, seen = {}, {}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            name, rest = (process / "stat").read_text().split("(", 1)[1].rsplit(")", 1)
            seen[int(process.name)] = (name, (process / "cmdline").read_text().replace("\0", " "))
            parents[int(process.name)] = int(rest.split()[1])
        except (OSError, IndexError):
            continue
    for number, (name, words) in seen.items():
        above = number
        while above in parents and above != root:
            above = parents[above]
        if above == root and number != root:
            yield number, name, words


def articles():
    """Articles of seeds/, each many times under other names and on other days."""
    seeds = [json.loads(line) for line in dixit("read", "--format", "jsonl", str(PROJECT / "seeds")).splitlines()]
    return [
        {
            "id": f"{copy}-{seed['article']}",
            "title": seed.get("title"),
            "outlet": seed.get("outlet"),
            "published": f"2022-{1 + copy % 12:02}-{1 + copy % 28:02}",
            "text": "\n\n".join([seed["text"]] * LENGTH),
        }
        for copy in range(COPIES)
        for seed in seeds
    ]


def warc(number, text):
    """A web archive with one page."""
    page = f"<html lang=fr><title>Page {number}</title><article><h1>Page {number}</h1><p>« {text} », a déclaré Anne Roy. " \
           f"{'Il pleut depuis trois jours sur la vallée. ' * 12}</p></article></html>".encode()
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
    head = "WARC/1.0\r\nWARC-Type: response\r\n" \
           f"WARC-Target-URI: https://a.example/{number}\r\nWARC-Date: 2022-03-28T10:00:00Z\r\n" \
           f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012}>\r\n" \
           f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    return head.encode() + answer + b"\r\n\r\n"


def statements(output):
    """The statements without their IRIs, as `dixit extract` prints them, sorted."""
    import pyarrow.dataset

    lines = pyarrow.dataset.dataset(output / "statements", format="parquet").to_table(["json"])["json"].to_pylist()
    def plain(line):
        whole = json.loads(line)
        del whole["iri"]
        return json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
    return sorted(map(plain, lines))


def quads(output):
    """All quads, sorted. One that came twice stays twice."""
    files = [file for part in ("quads", "shared") for file in (output / part).glob("*.gz")]
    return sorted(line.rstrip("\n") for file in files for line in gzip.open(file, "rt", encoding="utf-8", newline="\n"))


def errors(output):
    lines = [json.loads(line) for file in (output / "errors").glob("*.json") for line in file.read_text().splitlines()]
    return sorted(lines, key=lambda error: (error["id"], error["error"], error.get("source") or ""))


if __name__ == "__main__":
    unittest.main()
