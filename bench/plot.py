#!/usr/bin/env python3
"""Draws how cost grows, from a report of bench.py, as SVG.

  plot.py --report F.json --out DIR

Writes DIR/engine.svg, DIR/fills.svg and DIR/peers.svg; a figure that the report does not have is left out,
and so is a plot without any.
"""

import argparse
import json
import math
import pathlib
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 720, 400
LEFT, RIGHT, TOP, BOTTOM = 74, 190, 44, 54

# Both are read on light and on dark paper; of each series line, points and name have one colour.
STYLE = """
  text { font: 13px system-ui, sans-serif; fill: #24292f; }
  .title { font-weight: 600; font-size: 15px; }
  .grid { stroke: #8b949e; stroke-opacity: .3; }
  .axis { stroke: #8b949e; }
  .line { fill: none; stroke-width: 2; }
  .s0 { stroke: #0969da; fill: #0969da; } .s1 { stroke: #bc4c00; fill: #bc4c00; }
  .s2 { stroke: #1a7f37; fill: #1a7f37; } .s3 { stroke: #8250df; fill: #8250df; }
  .name { stroke: none; } polyline.line { fill: none; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; }
    .s0 { stroke: #58a6ff; fill: #58a6ff; } .s1 { stroke: #f0883e; fill: #f0883e; }
    .s2 { stroke: #3fb950; fill: #3fb950; } .s3 { stroke: #bc8cff; fill: #bc8cff; }
    .name { stroke: none; } polyline.line { fill: none; }
  }
"""


def nanoseconds(value):
    for unit, size in (("s", 1e9), ("ms", 1e6), ("us", 1e3)):
        if value >= size:
            return f"{value / size:g} {unit}"
    return f"{value:g} ns"


def count(value):
    return f"{value:,.0f}"


def decades(values):
    """The powers of ten around them, at least one apart."""
    low = math.floor(math.log10(min(values)) + 1e-9)
    high = math.ceil(math.log10(max(values)) - 1e-9)
    return range(low, max(high, low + 1) + 1)


class Axis:
    """A logarithmic one, from `start` to `end` on the paper."""

    def __init__(self, values, start, end):
        self.powers = decades(values)
        self.start, self.end = start, end

    def at(self, value):
        share = (math.log10(value) - self.powers[0]) / (self.powers[-1] - self.powers[0])
        return self.start + share * (self.end - self.start)


def text(x, y, words, more=""):
    return f'<text x="{x:.1f}" y="{y:.1f}"{more}>{escape(words)}</text>'


def line(x1, y1, x2, y2, kind):
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" class="{kind}"/>'


def svg(title, parts, height=HEIGHT):
    head = (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
            f'aria-label="{escape(title)}">\n<style>{STYLE}</style>')
    return "\n".join([head, text(LEFT, 24, title, ' class="title"'), *parts, "</svg>"]) + "\n"


def spread(wanted, gap):
    """The places nearest to those wanted, in order, that are at least `gap` apart."""
    placed = {}
    last = -math.inf
    for name, place in sorted(wanted.items(), key=lambda item: item[1]):
        last = max(place, last + gap)
        placed[name] = last
    return placed


def lines_plot(title, series, x_name, x_text=count, y_text=nanoseconds):
    """`series`: by name the points (x, y), all positive. Both axes are logarithmic."""
    points = [point for of in series.values() for point in of]
    right, bottom = WIDTH - RIGHT, HEIGHT - BOTTOM
    x_axis = Axis([x for x, _ in points], LEFT, right)
    y_axis = Axis([y for _, y in points], bottom, TOP)
    parts = []
    for power in y_axis.powers:
        y = y_axis.at(10.0**power)
        parts += [line(LEFT, y, right, y, "grid"), text(LEFT - 8, y + 4, y_text(10.0**power), ' text-anchor="end"')]
    for power in x_axis.powers:
        x = x_axis.at(10.0**power)
        parts += [line(x, TOP, x, bottom, "grid"), text(x, bottom + 20, x_text(10.0**power), ' text-anchor="middle"')]
    parts += [line(LEFT, bottom, right, bottom, "axis"), line(LEFT, TOP, LEFT, bottom, "axis"),
              text((LEFT + right) / 2, HEIGHT - 10, x_name, ' text-anchor="middle"')]
    ends = spread({name: y_axis.at(sorted(of)[-1][1]) for name, of in series.items()}, 17)
    for i, (name, of) in enumerate(series.items()):
        places = [(x_axis.at(x), y_axis.at(y)) for x, y in sorted(of)]
        parts.append(f'<polyline class="line s{i}" points="' + " ".join(f"{x:.1f},{y:.1f}" for x, y in places) + '"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" class="s{i}"/>' for x, y in places]
        parts.append(text(right + 10, ends[name] + 4, name, f' class="s{i} name"'))
    return svg(title, parts)


def bars_plot(title, bars, x_text=count):
    """`bars`: (name, value), all positive, from zero on."""
    row = 28
    left, right = 170, WIDTH - 90
    most = max(value for _, value in bars)
    parts = []
    for i, (name, value) in enumerate(bars):
        y = TOP + row * i
        end = left + value / most * (right - left)
        kind = "s1" if name.startswith("ocokit") else "s0"
        parts += [f'<rect x="{left}" y="{y}" width="{max(end - left, 1):.1f}" height="{row - 10}" class="{kind}"/>',
                  text(left - 8, y + 14, name, ' text-anchor="end"'), text(end + 8, y + 14, x_text(value))]
    return svg(title, parts, TOP + row * len(bars) + 8)


def points_of(report, pattern, sizes):
    """(size, least nanoseconds) of the benchmarks that were measured."""
    found = [(size, report["benchmarks"].get(pattern % size, {}).get("least_ns")) for size in sizes]
    return [(size, time) for size, time in found if time]


def plots(report):
    """By file name."""
    out = {}
    sizes = [10**power for power in range(3, 7)]
    engine = {"place and cancel": points_of(report, "EnginePlaceAndCancel/%d", sizes),
              "price that fills one": points_of(report, "EngineTickThatFills/%d/1", sizes),
              "price that fills none": points_of(report, "EngineTickThatCrossesNothing/%d", sizes)}
    engine = {name: points for name, points in engine.items() if points}
    if engine:
        out["engine.svg"] = lines_plot("The engine by open pairs", engine, "open pairs in the account")
    fills = points_of(report, "EngineTickThatFills/100000/%d", [10**power for power in range(4)])
    if fills:
        out["fills.svg"] = lines_plot("A price by what it fills, of 100,000 open pairs", {"price move": fills},
                                      "pairs that it fills")
    rows = [row for row in report.get("wrk", {}).get("rows", []) if "error" not in row]
    if rows:
        bars = [(f"{row['subject']}, {row['venue']}", row["requests_per_s"]) for row in rows]
        out["peers.svg"] = bars_plot("Placements answered a second", sorted(bars, key=lambda bar: -bar[1]))
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--report", required=True)
    parser.add_argument("--out", required=True)
    arguments = parser.parse_args()
    out = pathlib.Path(arguments.out)
    out.mkdir(parents=True, exist_ok=True)
    for name, drawn in plots(json.loads(pathlib.Path(arguments.report).read_text())).items():
        (out / name).write_text(drawn)


if __name__ == "__main__":
    main()
