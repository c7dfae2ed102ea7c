"""dixit as a filter: articles go in as JSON lines, and what came of each comes out, in the same order.

Nothing here knows Spark. A program that dies or hangs costs the article on which it does so, and no other.
"""

import json
import subprocess
import threading
import time
from collections import deque

# So many articles that the program dies on, each alone and one after the other, are not the articles' fault.
IN_A_ROW = 3


class DixitFailed(Exception):
    """The program cannot be used at all."""


class Run:
    """One process of the program. Threads feed it and hear its complaints, so that neither side waits for the other for
    ever."""

    def __init__(self, command, chunks, patience=600.0):
        """`chunks` gives the bytes that go in; `patience` is how many seconds the program may take for nothing."""
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, bufsize=1 << 16)
        self.said = deque(maxlen=1000)
        self._chunks, self._patience = chunks, patience
        self._fault = None
        self._hung = False
        # Silence tells something while the program has work and nobody keeps it from working.
        self._has_work, self._is_kept, self._heard = False, False, time.monotonic()
        self._over = threading.Event()
        self._feeder, self._listener, watcher = (
            threading.Thread(target=work, daemon=True) for work in (self._feed, self._listen, self._watch)
        )
        for thread in (self._feeder, self._listener, watcher):
            thread.start()

    def _feed(self):
        stdin = self.process.stdin
        try:
            for chunk in self._chunks:
                self._heard, self._has_work = time.monotonic(), True
                stdin.write(chunk)
                if self._over.is_set():
                    break
                self._has_work = False
        except BrokenPipeError:
            pass  # The program ended: how, its status tells.
        except BaseException as fault:  # Where the articles come from.
            self._fault = fault
        finally:
            self._heard, self._has_work = time.monotonic(), True
            try:
                stdin.close()
            except BrokenPipeError:
                pass

    def _listen(self):
        for line in self.process.stderr:
            self.said.append(line.decode("utf-8", "replace").rstrip("\n"))

    def _watch(self):
        while not self._over.wait(min(1.0, self._patience / 4)):
            is_silent = time.monotonic() - self._heard > self._patience
            if self._has_work and not self._is_kept and is_silent:
                self._hung = True
                self.process.kill()
                return

    def lines(self):
        """The lines that come out. Who stops reading them ends the program."""
        is_read = False
        try:
            for line in self.process.stdout:
                self._is_kept = True
                yield line
                self._heard, self._is_kept = time.monotonic(), False
            is_read = True
        finally:
            self._over.set()
            if not is_read:
                self.process.kill()
            self.process.wait()
            self._listener.join()
            # Who reads no more does not wait for more articles; who goes on needs to know which were sent.
            self._feeder.join(None if is_read else 1)
            self.process.stdout.close()
            self.process.stderr.close()
        if self._fault is not None:
            raise self._fault

    def ending(self):
        """How the program ended, for a message; None if it was as it should."""
        status = self.process.returncode
        last = self.said[-1] if self.said else ""
        if self._hung:
            return f"it was silent for {self._patience:g} s"
        if status < 0:
            return f"signal {-status} ended it"
        # 1 says that some articles failed, each of which has its own line.
        return None if status in (0, 1) else f"it ended with status {status}: {last}"


class Sent:
    """An article on its way through the program, with what was said of its fields."""

    __slots__ = ("pair", "said")

    def __init__(self, pair):
        self.pair, self.said = pair, []

    def answer(self, found):
        return self.pair[1], found

    def refused(self):
        return self.answer({"error": "; ".join(self.said)})


def extract(pairs, command, patience=600.0):
    """Of each pair of an article, an object with `id` and `text`, and whatever belongs to it, gives the latter with the
    object that `dixit extract --format articles` prints of the article, or one with `error`; in the order of the pairs.
    The ids differ, and have no white space around them.

    Raises DixitFailed if the program fails whatever it is given."""
    pairs = iter(pairs)
    doubtful = Doubtful(command, patience)
    while True:
        sent = deque()
        told = yield from _one_run(pairs, sent, command, patience)
        if told is None:
            return
        # One of those that were not answered may be the reason. When they are done, the rest goes on.
        yield from doubtful.halved([left.pair for left in sent])


class Doubtful:
    """Articles among which is one on which the program died or hung, unless it was killed from outside."""

    def __init__(self, command, patience):
        self.command, self.patience = command, patience
        self.alone = 0

    def halved(self, pairs):
        """Answers them: all together, and if it dies again by halves, until the one that does it is alone."""
        rest, sent = iter(pairs), deque()
        told = yield from _one_run(rest, sent, self.command, self.patience)
        if told is None:
            self.alone = 0
            return
        left = [waiting.pair for waiting in sent] + list(rest)
        if len(pairs) > 1:
            half = (len(left) + 1) // 2
            for part in (left[:half], left[half:]):
                if part:
                    yield from self.halved(part)
            return
        self.alone += 1
        if self.alone == IN_A_ROW:
            raise DixitFailed(f"{' '.join(self.command)} fails on article after article: {told}")
        for _, belongs in left:
            yield belongs, {"error": f"dixit failed on it, and alone again: {told}"}


def line(article):
    """An article as the program reads it."""
    try:
        return json.dumps(article, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:  # Half a letter: the program says so.
        return json.dumps(article).encode() + b"\n"


def _one_run(pairs, sent, command, patience):
    """Sends articles through one process; those that are not answered are left in `sent`. Returns why it ended early, or
    None."""

    def lines():
        for pair in pairs:
            sent.append(Sent(pair))
            yield line(pair[0])

    run = Run(command, lines(), patience)
    answered = 0
    for said in run.lines():
        found = json.loads(said)
        number, name = found.pop("line", None), found.get("article")
        if number is None and name is None:
            continue  # It is said of no article: that nothing was sent.
        # What stands before it was answered with errors only.
        while number is not None and answered + 1 < number or name is not None and sent[0].pair[0]["id"] != name:
            answered += 1
            yield sent.popleft().refused()
        if number is not None:
            # A field that cannot be used: the article may still come. "-:3: " is a place in what we sent.
            sent[0].said.append(found["error"].split(": ", 1)[-1])
        else:
            answered += 1
            left = sent.popleft()
            yield left.answer({**found, "said": left.said})
    told = run.ending()
    if told is not None:
        return told
    if not all(left.said for left in sent):
        return f"it said nothing of an article: {run.said[-1] if run.said else ''}"
    while sent:
        yield sent.popleft().refused()
    return None
