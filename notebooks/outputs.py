"""Compares what an executed notebook shows with what is committed, or writes it back. See execute-all.

    python3 outputs.py compare NOTEBOOK EXECUTED     says what differs, and fails if something does
    python3 outputs.py write NOTEBOOK EXECUTED       fails if a cell failed, else writes the notebook anew
    python3 outputs.py locate NOTEBOOK LOG           names the cell that the log of nbconvert is about
"""

import difflib
import json
import re
import sys

KERNEL = {"display_name": "NaiveChain (Java)", "language": "java", "name": "naivechain"}
COLOURS = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
# What differs from run to run, and what stands in its place while texts are compared.
MASKS = [
    (re.compile(r"\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", re.I), "<uuid>"),
    (re.compile(r"\b127\.0\.0\.1:\d+"), "127.0.0.1:<port>"),
    (re.compile(r"\b\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d([.,]\d+)?)?(Z|[+-]\d\d:?\d\d)?"), "<time>"),
    (re.compile(r"(?<![\w.,])\d[\d,]*(\.\d+)? ?(ns|µs|μs|us|ms|s|min|seconds?|minutes?)\b"), "<duration>"),
    (re.compile(r"(?<=[\w$\]])@[0-9a-f]{4,8}\b"), "@<id>"),
]
SHOWN_LINES = 20


def joined(text):
    """A text of a notebook file, which may be split into lines."""
    return "".join(text) if isinstance(text, list) else text


def split(text):
    """As Jupyter writes a text; other values, such as JSON, stay as they are."""
    return text.splitlines(True) if isinstance(text, str) else text


def masked(text):
    text = COLOURS.sub("", text)
    for pattern, mask in MASKS:
        text = pattern.sub(mask, text)
    return text


def lines(outputs):
    """The lines of text that a cell shows, from top to bottom."""
    texts = []
    for output in outputs:
        if output["output_type"] == "stream":
            texts.append(joined(output["text"]))
        elif output["output_type"] in ("display_data", "execute_result"):
            # A value starts on a line of its own.
            if texts and not texts[-1].endswith("\n"):
                texts.append("\n")
            texts.append(joined(output["data"].get("text/plain", "")) + "\n")
    return [line.rstrip() for line in masked("".join(texts)).splitlines()]


def matches(expected, came):
    """Whether the lines are the expected ones; a line that is only … or ... stands for any number of lines."""
    pattern = "".join(r"(?:.*\n)*" if line in ("…", "...") else re.escape(line + "\n") for line in expected)
    return re.fullmatch(pattern, "".join(line + "\n" for line in came)) is not None


def pictures(outputs):
    """What a cell shows beside text: kinds and contents."""
    shown = [output.get("data", {}) for output in outputs]
    return [(kind, masked(str(joined(data[kind])))) for data in shown for kind in sorted(data) if kind != "text/plain"]


def merged(outputs):
    """The outputs as they are committed: neighbours of one stream are one, and nothing tells which run it was."""
    result = []
    for output in outputs:
        output = {key: value for key, value in output.items() if key != "transient"}
        if "execution_count" in output:
            output["execution_count"] = None
        if output["output_type"] == "stream":
            output["text"] = joined(output["text"])
            if result and result[-1].get("name") == output["name"]:
                result[-1]["text"] += output["text"]
                continue
        else:
            output["data"] = {kind: split(joined(value)) for kind, value in output["data"].items()}
        result.append(output)
    return [{**output, "text": split(output["text"])} if "text" in output else output for output in result]


def failures(executed):
    """Says which cells failed, and with what."""
    found = []
    for cell in executed:
        for output in cell.get("outputs", []):
            if output["output_type"] == "error":
                trace = COLOURS.sub("", "\n".join(output["traceback"])).splitlines()
                found.append("cell %s fails:" % cell["id"])
                found += ["  " + line for line in trace[:SHOWN_LINES]]
    return found


def differences(committed, executed):
    found = []
    for old, new in zip(committed, executed):
        if old["cell_type"] != "code":
            continue
        expected, came = lines(old["outputs"]), lines(new["outputs"])
        if not matches(expected, came):
            found.append("cell %s shows something else:" % old["id"])
            # Without the two lines that name files.
            diff = list(difflib.unified_diff(expected, came, n=1, lineterm=""))[2:]
            found += ["  " + line for line in ["- expected", "+ came", *diff[:SHOWN_LINES]]]
            if len(diff) > SHOWN_LINES:
                found.append("  and %d more lines" % (len(diff) - SHOWN_LINES))
    return found


def write(path, notebook, executed):
    for cell, new in zip(notebook["cells"], executed):
        cell["metadata"] = {}
        cell["source"] = split(joined(cell["source"]))
        if cell["cell_type"] == "code":
            old, cell["execution_count"] = cell["outputs"], None
            # A cell that shows the same as before keeps its outputs, and with them lines that stand for others.
            same = matches(lines(old), lines(new["outputs"])) and pictures(old) == pictures(new["outputs"])
            cell["outputs"] = merged(old if same else new["outputs"])
    notebook["metadata"] = {"kernelspec": KERNEL}
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        json.dump(notebook, file, sort_keys=True, indent=1, ensure_ascii=False)
        file.write("\n")


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def main(mode, path, other):
    notebook = json.loads(read(path))
    if mode == "locate":
        # nbconvert shows the first lines of the cell.
        log = read(other)
        starts = [(cell["id"], joined(cell["source"]).splitlines()[:3]) for cell in notebook["cells"]]
        found = ["cell " + id for id, start in starts if start and "---\n" + "\n".join(start) in log]
    else:
        executed = json.loads(read(other))["cells"]
        found = failures(executed)
        if mode == "compare":
            found = found or differences(notebook["cells"], executed)
        elif not found:
            write(path, notebook, executed)
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
