"""Draws ratio against speed as an SVG: one panel each for packing and unpacking, a line a tool, a
point a level. Both axes are logarithmic, for what counts is how many times smaller and faster."""
import math
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 940, 500
TOP, BOTTOM, LEFT, GAP, RIGHT = 64, 52, 58, 60, 16
FONT = "font-family='DejaVu Sans, Verdana, sans-serif'"
COLOURS = {"logpress": "#c0392b", "xz": "#2471a3", "zstd": "#1e8449", "gzip": "#7d6608"}
OTHER_COLOUR = "#555555"
LABEL_SIZE = 11
CHARACTER = 7.0  # width of a label's character


class Axis:
    """Maps values, logarithmically, to [start, end] with some room at both ends."""

    def __init__(self, values, start, end):
        low, high = math.log10(min(values)), math.log10(max(values))
        room = max(0.07 * (high - low), 0.03)
        self.low, self.high = low - room, high + room
        self.start, self.end = start, end

    def at(self, value):
        share = (math.log10(value) - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)

    def ticks(self):
        """Round numbers in range: few on a long axis, more on a short one."""
        for steps in ([1], [1, 3], [1, 2, 5], [1, 1.5, 2, 3, 5, 7], [1 + i / 10 for i in range(90)]):
            found = [step * 10 ** power for power in range(-4, 7) for step in steps
                     if self.low <= math.log10(step * 10 ** power) <= self.high]
            if len(found) >= 4:
                return found
        return found


def text(x, y, content, anchor="middle", size=LABEL_SIZE, colour="#333333", extra=""):
    return (f"<text x='{x:.1f}' y='{y:.1f}' text-anchor='{anchor}' font-size='{size}' "
            f"fill='{colour}' {extra}>{escape(content)}</text>")


class Labels:
    """Places labels beside points, where they cover neither a point nor another label."""

    def __init__(self, points):
        self.taken = [(x - 4, y - 4, x + 4, y + 4) for x, y in points]

    def place(self, x, y, content, colour):
        width = CHARACTER * len(content)
        half = width / 2
        # Centre of the label for each place that is tried, the best first.
        choices = [(0, -11), (0, 12), (8 + half, 0), (-8 - half, 0)]
        for far in (9, 18, 28, 40):
            choices += [(dx, dy) for dy in (-far, far) for dx in (6 + half, -6 - half, 0, 20, -20)]

        def covered(choice):
            left, top = x + choice[0] - half, y + choice[1] - 6
            box = (left, top, left + width, top + 12)
            overlap = sum(max(0, min(box[2], b[2]) - max(box[0], b[0])) *
                          max(0, min(box[3], b[3]) - max(box[1], b[1])) for b in self.taken)
            return overlap, box

        choice = min(choices, key=lambda c: covered(c)[0])
        self.taken.append(covered(choice)[1])
        return text(x + choice[0], y + choice[1] + 4, content, colour=colour,
                    extra="stroke='white' stroke-width='2.5' paint-order='stroke'")


def panel(left, right, title, series, speed_of, y_axis):
    speeds = [speed_of(figure) for figures in series.values() for figure in figures]
    x_axis = Axis(speeds, left, right)
    bottom = HEIGHT - BOTTOM
    out = []
    for value in x_axis.ticks():
        x = x_axis.at(value)
        out.append(f"<line x1='{x:.1f}' y1='{TOP}' x2='{x:.1f}' y2='{bottom}' stroke='#e4e4e4'/>")
        out.append(text(x, bottom + 16, f"{value:g}"))
    for value in y_axis.ticks():
        y = y_axis.at(value)
        out.append(f"<line x1='{left}' y1='{y:.1f}' x2='{right}' y2='{y:.1f}' stroke='#e4e4e4'/>")
        out.append(text(left - 6, y + 4, f"{value:g}", anchor="end"))
    out.append(f"<rect x='{left}' y='{TOP}' width='{right - left}' height='{bottom - TOP}' "
               "fill='none' stroke='#999999'/>")
    out.append(text((left + right) / 2, HEIGHT - 14, f"{title}: MB of log per CPU second", size=12))

    places = {tool: [(x_axis.at(speed_of(figure)), y_axis.at(figure.ratio)) for figure in figures]
              for tool, figures in series.items()}
    labels = Labels([place for tool in places.values() for place in tool])
    for tool, points in places.items():
        colour = COLOURS.get(tool, OTHER_COLOUR)
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        out.append(f"<polyline points='{line}' fill='none' stroke='{colour}' stroke-width='1.6'/>")
        out += [f"<circle cx='{x:.1f}' cy='{y:.1f}' r='3.4' fill='{colour}'/>" for x, y in points]
    for tool, points in places.items():
        out += [labels.place(x, y, figure.level, COLOURS.get(tool, OTHER_COLOUR))
                for (x, y), figure in zip(points, series[tool])]
    return out


def legend(tools):
    out, x = [], LEFT
    for tool in tools:
        colour = COLOURS.get(tool, OTHER_COLOUR)
        out.append(f"<line x1='{x}' y1='44' x2='{x + 22}' y2='44' stroke='{colour}' "
                   "stroke-width='2'/>")
        out.append(f"<circle cx='{x + 11}' cy='44' r='3.4' fill='{colour}'/>")
        out.append(text(x + 28, 48, tool, anchor="start", size=12, colour=colour))
        x += 50 + int(CHARACTER * len(tool))
    return out


def draw(series, subject):
    """Returns the SVG. `series` is {tool: figures in the order of levels}; a figure has `level`
    ("-5"), `ratio`, `packing` and `unpacking` (both MB per CPU second)."""
    ratios = [figure.ratio for figures in series.values() for figure in figures]
    y_axis = Axis(ratios, HEIGHT - BOTTOM, TOP)
    width = (WIDTH - LEFT - RIGHT - GAP) // 2
    out = [f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH} {HEIGHT}' "
           f"width='{WIDTH}' height='{HEIGHT}' {FONT}>",
           "<rect width='100%' height='100%' fill='white'/>",
           text(LEFT, 22, f"How many times smaller {subject} become, and how fast", anchor="start",
                size=15, colour="#111111"),
           *legend(series),
           *panel(LEFT, LEFT + width, "packing", series, lambda f: f.packing, y_axis),
           *panel(WIDTH - RIGHT - width, WIDTH - RIGHT, "unpacking", series,
                  lambda f: f.unpacking, y_axis),
           text(0, 0, "raw size / packed size", size=12,
                extra=f"transform='translate(20 {(TOP + HEIGHT - BOTTOM) // 2}) rotate(-90)'"),
           "</svg>"]
    return "\n".join(out) + "\n"
