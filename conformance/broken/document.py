#!/usr/bin/env python3
"""Writes what docs say of the cases and of the kit's own score.

  document.py [--results F.json] [--check]

docs/cases.md lists every case with its requirement and where it stands. In docs/conformance.md what
stands between `<!-- begin NAME -->` and `<!-- end NAME -->` is written anew: `defects` from the lists
of this folder, `score` from --results of score.py. --check writes nothing and ends with status 1 when
something is not as it would be written.
"""

import argparse
import json
import pathlib
import re
import sys

import score

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
VENUES = {"bingx": "BingX", "whitebit": "WhiteBIT"}


def cell(text):
    return text.replace("|", "\\|").replace("\n", " ")


def table(heads, rows):
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    return "\n".join(lines + ["| " + " | ".join(map(cell, row)) + " |" for row in rows])


def citation(cite, sources):
    source = sources[cite["source"]]
    text = ", ".join(filter(None, [source["document"], cite.get("section")]))
    date = f" ({source['date']})" if source.get("date") else ""
    return f"[{text}]({source['url']}){date}" if source.get("url") else text + date


def case_list(cases):
    sources = score.read(HERE.parent / "cases" / "sources.json")["sources"]
    out = ["# Cases", "",
           "What `ocokit conform` holds servers and clients to: " + summary(cases) + ".",
           "`ocokit conform server --list` and `ocokit conform client --list` print the same. Written by",
           "`./dev conformance` from [conformance/cases](../conformance/cases)."]
    heading = None
    for case in cases.values():
        now = f"{VENUES[case['venue']]}, {case['subject']}s: {case['section']}"
        if now != heading:
            heading = now
            out += ["", f"## {now}", "", "| case | requirement | stands in |", "|---|---|---|"]
        marks = [mark for mark, there in (("should", case["level"] == "should"), ("harmless", case.get("harmless")),
                                          ("+".join(case.get("dialects", [])), "dialects" in case)) if there]
        name = f"`{case['id']}` {case['title']}" + (f" ({', '.join(marks)})" if marks else "")
        cites = "; ".join(citation(cite, sources) for cite in case["cites"])
        out.append("| " + " | ".join(map(cell, [name, case["requirement"], cites])) + " |")
    return "\n".join(out) + "\n"


def summary(cases):
    counts = []
    for subject in ("server", "client"):
        for venue, name in VENUES.items():
            of = [case for case in cases.values() if case["subject"] == subject and case["venue"] == venue]
            counts.append(f"{len(of)} for {subject}s of {name}")
    return f"{len(cases)} cases, " + ", ".join(counts)


def defect_list():
    out = []
    for kind in ("server", "client"):
        defects = score.read(HERE / f"{kind}s.json")["defects"]
        rows = [[f"`{defect['name']}`", VENUES[defect["venue"]], defect["what"],
                 ", ".join(f"`{case}`" for case in defect["caught_by"])] for defect in defects]
        out += [f"### {kind.capitalize()}s: {len(defects)} defects", "",
                table(["defect", "venue", "what it does", "caught by"], rows), ""]
    rows = [[f"`{case}`", reason] for kind in ("server", "client")
            for case, reason in score.read(HERE / f"unproven-{kind}.json").items()]
    out += ["### Cases that no defect proves", ""]
    out.append(table(["case", "why"], rows) if rows else "None.")
    return "\n".join(out) + "\n"


def score_list(results):
    def passed(result):
        text = f"{result['passed']} of {result['cases']}"
        return text + (f"; {result['unsupported']} unsupported" if result.get("unsupported") else "")
    rows = [[name, passed(result)] for name, result in sorted(results["whole"].items())]
    out = [table(["subject", "cases passed"], rows), ""]
    caught = sum(1 for result in results["defects"].values() if result["failed"])
    out += [f"Defects caught: {caught} of {len(results['defects'])}, each by every case that is meant for it.", "",
            "Example adapters, as they are:", ""]
    verdicts = sorted({verdict for result in results["examples"].values() for verdict in result["counts"]})
    rows = [[name] + [str(result["counts"].get(verdict, 0)) for verdict in verdicts]
            for name, result in sorted(results["examples"].items())]
    out += [table(["example", *verdicts], rows), ""]
    for name, result in sorted(results["examples"].items()):
        if result["missed"]:
            out.append(f"- {name} misses " + ", ".join(f"`{case}`" for case in sorted(result["missed"])) + ".")
    return "\n".join(out) + "\n"


def replaced(text, name, block):
    pattern = re.compile(rf"(<!-- begin {name} -->\n).*?(<!-- end {name} -->)", re.S)
    if not pattern.search(text):
        raise SystemExit(f"docs/conformance.md has no place for {name}")
    return pattern.sub(lambda found: f"{found[1]}\n{block}\n{found[2]}", text)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--results", type=pathlib.Path)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    cases = score.cases()
    page = (ROOT / "docs/conformance.md").read_text(encoding="utf-8")
    page = replaced(page, "defects", defect_list())
    if options.results:
        page = replaced(page, "score", score_list(json.loads(options.results.read_text(encoding="utf-8"))))
    status = 0
    for path, text in ((ROOT / "docs/cases.md", case_list(cases)), (ROOT / "docs/conformance.md", page)):
        old = path.read_text(encoding="utf-8") if path.exists() else ""
        if old == text:
            continue
        if options.check:
            print(f"{path.relative_to(ROOT)} is not what document.py writes; `./dev conformance` writes it anew")
            status = 1
        else:
            path.write_text(text, encoding="utf-8")
    return status


if __name__ == "__main__":
    sys.exit(main())
