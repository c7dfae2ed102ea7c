"""From articles to statements and graphs on many machines: a job for Apache Spark that runs `dixit` as a filter.

    spark-submit --py-files dixit_filter.py job.py --dixit /usr/local/bin/dixit --output OUT 'news/*.jsonl.gz'

README.md beside this file tells what comes out, and what holds when machines fail.
"""

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import datetime, timezone
from pathlib import Path

import pyarrow
from pyspark import SparkFiles, TaskContext
from pyspark.sql import SparkSession, Window
from pyspark.sql import functions as f

# What is known of an article before it is read: its name, which nothing else in the job has, when it was published and
# what it says, by which one of several with the name is chosen; where it came from; the article itself, as JSON.
RECORDS = "id string, published string, hash string, source string, record string, error string"

# What came of an article: one row each, whatever it is.
DONE = (
    "id string, published string, hash string, source string, iri string, date string,"
    " statements array<string>, graph string, quads int, shared string, error string, record string"
)

# The names of fields, as `dixit` knows them: the first that a record has counts.
ID = ("id", "article")
URL = ("url", "link")
PUBLISHED = ("published", "date", "date_publish", "date_published", "datePublished", "publishedAt")

# Columns of the statements; all that `dixit extract --format jsonl` prints of one is in `json`.
STATEMENT = """
    article string, iri string, kind string, polarity string, text string, confidence double, language string,
    published string, outlet struct<name: string, wikidata: string>,
    actors array<struct<name: string, wikidata: string, kind: string, mention: string>>,
    about array<struct<name: string, wikidata: string>>, relayed_by array<struct<name: string, wikidata: string>>,
    date struct<value: string, precision: string>, cue struct<text: string, lemma: string, class: string>
"""

# So many characters of what could not be read are kept with the error.
HEAD = 1000
# Rows are handed over in batches of about so many bytes.
BATCH = 4 << 20
# So many letters of a date: of 2022-03-28 the year, the month or all.
LENGTH = {"year": 4, "month": 7, "day": 10}

SETTINGS = {
    # The files of a task are moved to their place when the task is done, and those of the job when it is.
    "spark.hadoop.mapreduce.fileoutputcommitter.algorithm.version": "1",
    # An article comes back twenty times as large.
    "spark.sql.execution.arrow.maxRecordsPerBatch": "1000",
    # N-Quads become a fourteenth of their size at any level; the best takes three times as long.
    "spark.hadoop.zlib.compress.level": "BEST_SPEED",
}


def main():
    options = parse(sys.argv[1:])
    builder = SparkSession.builder.appName("dixit")
    for name, value in SETTINGS.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    try:
        run(spark, options)
    finally:
        spark.stop()


def parse(arguments):
    parser = argparse.ArgumentParser(prog="job.py", description=__doc__.splitlines()[0])
    parser.add_argument("input", nargs="+", help="files or folders, as Spark takes them: news/*.jsonl.gz, hdfs://…")
    parser.add_argument("--form", choices=["jsonl", "parquet", "files"], default="jsonl",
                        help="what they are; `files` is anything that `dixit read` reads as a whole, such as WARC")
    parser.add_argument("--output", required=True, help="folder that is not there yet")
    parser.add_argument("--overwrite", action="store_true", help="remove what is there first")
    parser.add_argument("--resume", action="store_true", help="go on after the extraction, if that was done")
    parser.add_argument("--dixit", default="dixit", help="the program, which is sent to all machines")
    parser.add_argument("--option", action="append", default=[], metavar="NAME=VALUE",
                        help="for `dixit extract`, without dashes: base=https://news.example/")
    parser.add_argument("--partitions", type=int, help="tasks of the extraction [default: 3 a core]")
    parser.add_argument("--by", choices=LENGTH, default="month", help="partitions of the statements")
    parser.add_argument("--patience", type=float, default=600, help="seconds that one article may take")
    parser.add_argument("--keep", action="store_true", help="keep the folder `done`, from which the rest is made")
    return parser.parse_args(arguments)


def run(spark, options):
    folder = Folder(spark, options.output)
    begun = datetime.now(timezone.utc)
    if not options.resume or not folder.has("done/_SUCCESS"):
        if folder.has("") and not (options.overwrite or options.resume):
            sys.exit(f"{options.output} is there already: choose another --output, or say --overwrite or --resume")
        folder.remove("")
        with step("reading the articles"):
            extraction(spark, options).write.parquet(folder.path("done"), compression="zstd")
    counts = outputs(spark, options, folder)
    counts.update(
        input=options.input, option=options.option, dixit=version(options.dixit), by=options.by,
        begun=begun.isoformat(timespec="seconds"),
        ended=datetime.now(timezone.utc).isoformat(timespec="seconds"),
    )  # fmt: skip
    if not options.keep:
        folder.remove("done")
    # Last: without it the output is not whole.
    folder.write("manifest.json", json.dumps(counts, indent=1) + "\n")
    print(json.dumps(counts), file=sys.stderr)


@contextmanager
def step(what):
    """Tells how long it took."""
    begun = time.monotonic()
    yield
    print(f"{what}: {time.monotonic() - begun:.1f} s", file=sys.stderr, flush=True)


def extraction(spark, options):
    """What came of each article, in rows of DONE: each is read once, on one machine, and the same whichever that is."""
    context = spark.sparkContext
    path = Path(find(options.dixit)).resolve()
    context.addFile(str(path))
    for module in (__file__, Path(__file__).with_name("dixit_filter.py")):
        context.addPyFile(str(module))
    program, patience = path.name, options.patience
    settings = [part for option in options.option for part in ("--" + option).split("=", 1)]
    command = ["extract", "--quiet", "--jobs", "1", "--format", "articles", *settings, "-"]
    length = LENGTH[options.by]

    partitions = options.partitions or 3 * context.defaultParallelism
    records = read(spark, options, program)
    # All articles of one name come to the same task, one after the other, the one that counts first.
    records = records.repartition(partitions, "id").sortWithinPartitions(
        "id", f.desc("published"), f.desc("hash"), "source"
    )
    return records.mapInArrow(lambda batches: extracted(batches, program, command, patience, length), DONE)


def read(spark, options, program):
    """The articles of the input, in rows of RECORDS."""
    if options.form == "files":
        context = spark.sparkContext
        paths = [path for pattern in options.input for path in Folder(spark, pattern).files()]
        rows = context.parallelize([(path,) for path in sorted(paths)], max(1, len(paths)))
        return rows.toDF("path string").mapInArrow(lambda batches: of_files(batches, program), RECORDS)
    if options.form == "parquet":
        table = spark.read.parquet(*options.input)
        columns = [f.date_format(c, "yyyy-MM-dd").alias(c) if t in ("date", "timestamp") else f.col(c)
                   for c, t in table.dtypes]  # fmt: skip
        lines = table.select(f.to_json(f.struct(*columns)).alias("value"), f.input_file_name().alias("source"))
    else:
        lines = spark.read.text(options.input).select("value", f.input_file_name().alias("source"))
    return lines.mapInArrow(of_lines, RECORDS)


# What runs on the machines. It is sent there by value, and so are the constants above.


def of_lines(batches):
    """Lines with an object each become records."""
    for batch in batches:
        rows = Rows(RECORDS)
        # As bytes, for they may be no UTF-8.
        lines = batch.column("value").cast(pyarrow.binary()).to_pylist()
        for line, source in zip(lines, batch.column("source").to_pylist()):
            if line.strip():
                yield from rows.add(record(line, source))
        yield from rows.rest()


def record(line, source):
    """A row of RECORDS. The name is the article's own, or its address, or made from what it says."""
    digest = hashlib.sha256(line).hexdigest()
    row = {"source": source, "hash": digest, "id": "sha256-" + digest[:32]}
    try:
        fields = json.loads(line.decode())
        if not isinstance(fields, dict):
            raise ValueError("not an object")
    except (ValueError, RecursionError) as error:
        return {**row, "error": f"not a JSON object: {error}", "record": line.decode("utf-8", "replace")[:HEAD]}

    def first(names):
        found = next((fields[name] for name in names if fields.get(name) not in (None, "")), "")
        found = str(found) if isinstance(found, (str, int)) else ""
        # Halves of letters, which JSON can name, are none.
        return found.encode("utf-8", "replace").decode().replace("\0", "").strip()

    name = first(ID) or first(URL) or row["id"]
    fields = {"id": name, **{key: value for key, value in fields.items() if key not in ID}}
    return {**row, "id": name, "published": first(PUBLISHED), "record": json.dumps(fields)}


def of_files(batches, program):
    """Whole files become records, as `dixit read` understands them."""
    import pyarrow.fs

    from dixit_filter import Run

    command = [SparkFiles.get(program), "read", "--quiet", "--jobs", "1", "--format", "jsonl", "-"]
    for batch in batches:
        for path in batch.column("path").to_pylist():
            system, name = pyarrow.fs.FileSystem.from_uri(path)
            with system.open_input_stream(name, compression=None) as file:
                process = Run(command, iter(lambda: file.read(1 << 20), b""))
                rows, number = Rows(RECORDS), 0
                for number, line in enumerate(process.lines(), 1):
                    row = record(line, path)
                    # What has no name of its own is called by its place.
                    if row["id"].startswith("-#"):
                        row["id"] = path + row["id"][1:]
                        row["record"] = json.dumps({**json.loads(row["record"]), "id": row["id"]})
                    yield from rows.add(row)
                told = process.ending()
                # It may be this machine's fault; the last time it is the file's.
                if told and TaskContext.get().attemptNumber() < 2:
                    raise RuntimeError(f"{path}: {told}")
                told = [f"dixit failed on it after {number} articles: {told}"] if told else []
                for line in [*process.said, *told]:
                    said = line.removeprefix("dixit: ").removeprefix("-: ").removeprefix("-:")
                    digest = hashlib.sha256(f"{path} {said}".encode()).hexdigest()
                    yield from rows.add(
                        {"id": "sha256-" + digest[:32], "hash": digest, "source": path, "error": said}
                    )
                yield from rows.rest()


def extracted(batches, program, command, patience, length):
    """Records in the order of their names become rows of DONE."""
    from dixit_filter import extract

    rows = Rows(DONE)
    aside = []

    def wanted():
        """The first of each name; the others, and what could not be read, are laid aside."""
        last = None
        for batch in batches:
            for row in batch.to_pylist():
                if row["error"] is None and row["id"] == last:
                    row["error"] = "another article has its name, and counts: give each a name of its own"
                if row["error"] is None:
                    last = row["id"]
                    yield json.loads(row["record"]), row
                else:
                    aside.append(refused(row))

    def done(row, found):
        if "error" in found:
            return refused({**row, "error": found["error"]})
        said = "; ".join(found["said"]) or None
        return {
            **row,
            "iri": found["iri"],
            "date": (found.get("published") or "unknown")[:length],
            "statements": [json.dumps(statement, ensure_ascii=False) for statement in found["statements"]],
            "graph": found["graph"].rstrip("\n"),
            "quads": found["graph"].count("\n"),
            "shared": found["shared"].rstrip("\n"),
            "error": said,
            "record": row["record"][:HEAD] if said else None,
        }

    for row, found in extract(wanted(), [SparkFiles.get(program), *command], patience):
        # Another thread lays aside meanwhile.
        while aside:
            yield from rows.add(aside.pop())
        yield from rows.add(done(row, found))
    while aside:
        yield from rows.add(aside.pop())
    yield from rows.rest()


def refused(row):
    return {**row, "record": (row["record"] or "")[:HEAD]}


class Rows:
    """Rows that become batches of a few megabytes."""

    def __init__(self, schema):
        names = [column.split() for column in schema.split(",")]
        kinds = {"string": pyarrow.string(), "int": pyarrow.int32(), "array<string>": pyarrow.list_(pyarrow.string())}
        self.schema = pyarrow.schema([(name, kinds[kind]) for name, kind in names])
        self.rows, self.size = [], 0

    def add(self, row):
        self.rows.append({name: row.get(name) for name in self.schema.names})
        self.size += sum(len(value) for value in row.values() if isinstance(value, str))
        self.size += sum(map(len, row.get("statements") or ()))
        return self.rest() if self.size >= BATCH else ()

    def rest(self):
        rows, self.rows, self.size = self.rows, [], 0
        return [pyarrow.RecordBatch.from_pylist(rows, self.schema)] if rows else []


# What comes out, from what was done.


def outputs(spark, options, folder):
    """Writes the folders of the output, and counts what is in them."""
    done = spark.read.schema(DONE).parquet(folder.path("done"))
    # Two names may have one address: they are two versions of an article, of which the later counts.
    order = Window.partitionBy("iri").orderBy(f.desc("published"), f.desc("hash"), "id")
    versions = done.where("iri IS NOT NULL").select("id", "iri", "published", "hash")
    older = versions.withColumn("rank", f.row_number().over(order)).where("rank > 1").select("id")
    # They are few, and found once.
    older = spark.createDataFrame(older.collect(), "id string")
    good = done.where("iri IS NOT NULL").join(f.broadcast(older), "id", "left_anti")
    replaced = older.count()

    statements = good.select("date", f.explode("statements").alias("json"))
    fields = f.from_json("json", STATEMENT)
    columns = [fields[c].alias("said" if c == "date" else c) for c in names_of(spark, STATEMENT)]
    statements = statements.select("date", *columns, "json").hint("rebalance", f.col("date"))
    with step("writing the statements"):
        statements.write.partitionBy("date").parquet(folder.path("statements"), mode="overwrite", compression="zstd")

    # The graph of an article is in one file, its quads one after the other.
    with step("writing the quads"):
        good.select("graph").write.mode("overwrite").text(folder.path("quads"), compression="gzip")
    shared = good.select(f.explode(f.split("shared", "\n")).alias("quad")).where("quad != ''").distinct()
    with step("writing what articles share"):
        shared.coalesce(1).write.mode("overwrite").text(folder.path("shared"), compression="gzip")

    late = older.withColumn("error", f.lit("another article has its address, is later, and counts"))
    errors = done.where("error IS NOT NULL").select("id", "error", "source", "record")
    errors = errors.unionByName(late, allowMissingColumns=True)
    with step("writing the errors"):
        errors.coalesce(1).write.json(folder.path("errors"), mode="overwrite")

    read, written = done.count(), good.agg(f.count("*"), f.sum(f.size("statements")), f.sum("quads")).first()
    return {
        "records": read,
        "articles": written[0],
        "replaced": replaced,
        "refused": read - replaced - written[0],
        "statements": written[1] or 0,
        "quads": written[2] or 0,
        "shared": spark.read.text(folder.path("shared")).count(),
        "errors": spark.read.text(folder.path("errors")).count(),
    }


def names_of(spark, schema):
    return spark.createDataFrame([], schema).columns


class Folder:
    """A folder wherever Spark can write."""

    def __init__(self, spark, path):
        self.jvm = spark.sparkContext._jvm
        self.root = path.rstrip("/")
        where = self.jvm.org.apache.hadoop.fs.Path(self.root)
        self.system = where.getFileSystem(spark.sparkContext._jsc.hadoopConfiguration())

    def path(self, name):
        return f"{self.root}/{name}" if name else self.root

    def _path(self, name):
        return self.jvm.org.apache.hadoop.fs.Path(self.path(name))

    def has(self, name):
        return self.system.exists(self._path(name))

    def remove(self, name):
        self.system.delete(self._path(name), True)

    def write(self, name, text):
        stream = self.system.create(self._path(name), True)
        try:
            stream.write(bytearray(text.encode()))
        finally:
            stream.close()

    def files(self):
        """The files that this pattern fits."""
        found = self.system.globStatus(self._path("")) or []
        if not found:
            sys.exit(f"{self.root}: no such file")
        return [str(status.getPath().toString()) for status in found if status.isFile()]


def find(program):
    found = shutil.which(program)
    return found or sys.exit(f"{program}: no such program: say with --dixit where it is")


def version(program):
    said = subprocess.run([find(program), "--version"], capture_output=True, text=True, check=True)
    return said.stdout.strip()


if __name__ == "__main__":
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    main()
