"""Charts as they stand in real portfolios: a line per week, bars, a board with figures above. Drawn with Pillow."""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from PIL import Image, ImageDraw, ImageFont
from PIL.PngImagePlugin import PngInfo

WIDTH, HEIGHT = 960, 560
LEFT, TOP, RIGHT, BOTTOM = 90, 110, 920, 480
INK, GRID, PAPER = (38, 42, 48), (222, 225, 229), (252, 252, 251)
COLOURS = ((33, 98, 140), (196, 107, 35), (76, 128, 72))
LIMIT = (176, 42, 48)
TILES_HEIGHT = 110
"""Pixels that a board's figures take from the top of the chart."""

ARTIST, COPYRIGHT, TAKEN, MODEL = 0x013B, 0x8298, 0x0132, 0x0110
"""EXIF tags of the picture itself."""


@dataclass(frozen=True)
class Chart:
    """What to draw. Every series has a value per label, in `unit`; `tiles` are a board's figures: (what, how much)."""

    form: Literal["line", "bars", "board"]
    title: str
    unit: str
    labels: tuple[str, ...]
    series: tuple[tuple[str, tuple[float, ...]], ...]
    threshold: float | None = None
    tiles: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Frame:
    """The area that values are drawn into: its upper edge and the value that stands there."""

    top: int
    highest: float

    def y(self, value: float) -> float:
        return BOTTOM - (BOTTOM - self.top) * value / self.highest


def draw(chart: Chart, *, author: str, written: datetime, jpeg: bool) -> bytes:
    """The picture as PNG or JPEG bytes, with the author in its properties. Same chart, same bytes."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(picture)
    frame = Frame(TOP + (TILES_HEIGHT if chart.tiles else 0), _highest(chart))
    pen.text((LEFT, 30), chart.title, INK, _font(28))
    pen.text((LEFT, 68), chart.unit, INK, _font(16))
    _draw_tiles(pen, chart)
    _draw_grid(pen, frame)
    _draw_labels(pen, chart)
    FORMS[chart.form](pen, chart, frame)
    _draw_threshold(pen, chart, frame)
    return _jpeg(picture, author, written) if jpeg else _png(picture, author, written)


def _highest(chart: Chart) -> float:
    values = [value for _, points in chart.series for value in points]
    return max([*values, chart.threshold or 0.0]) * 1.12


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def _draw_tiles(pen: ImageDraw.ImageDraw, chart: Chart) -> None:
    for number, (what, how_much) in enumerate(chart.tiles):
        x = LEFT + number * 210
        pen.rectangle((x, 100, x + 190, 190), fill=(240, 243, 245), outline=GRID)
        pen.text((x + 12, 108), what, INK, _font(15))
        pen.text((x + 12, 132), how_much, COLOURS[0], _font(34))


def _draw_grid(pen: ImageDraw.ImageDraw, frame: Frame) -> None:
    for step in range(5):
        value = frame.highest * step / 4
        pen.line((LEFT, frame.y(value), RIGHT, frame.y(value)), GRID, 1)
        shown = f"{value:,.0f}" if frame.highest >= 20 else f"{value:.1f}"
        pen.text((LEFT - 10, frame.y(value)), shown, INK, _font(14), anchor="rm")


def _draw_labels(pen: ImageDraw.ImageDraw, chart: Chart) -> None:
    for number, label in enumerate(chart.labels):
        pen.text((_x(chart, number), BOTTOM + 10), label, INK, _font(14), anchor="ma")
    for number, (name, _) in enumerate(chart.series):
        x = LEFT + number * 200
        pen.rectangle((x, 523, x + 14, 537), fill=COLOURS[number])
        pen.text((x + 22, 530), name, INK, _font(15), anchor="lm")


def _x(chart: Chart, number: int) -> float:
    """The middle of a label's place, in pixels."""
    return LEFT + (RIGHT - LEFT) * (number + 0.5) / len(chart.labels)


def _draw_line(pen: ImageDraw.ImageDraw, chart: Chart, frame: Frame) -> None:
    for number, (_, points) in enumerate(chart.series):
        path = [(_x(chart, place), frame.y(value)) for place, value in enumerate(points)]
        pen.line(path, COLOURS[number], 3, joint="curve")
        for x, y in path:
            pen.ellipse((x - 4, y - 4, x + 4, y + 4), fill=COLOURS[number])


def _draw_bars(pen: ImageDraw.ImageDraw, chart: Chart, frame: Frame) -> None:
    place_width = (RIGHT - LEFT) / len(chart.labels)
    bar_width = place_width * 0.7 / len(chart.series)
    for number, (_, points) in enumerate(chart.series):
        for place, value in enumerate(points):
            left = LEFT + place * place_width + place_width * 0.15 + number * bar_width
            pen.rectangle((left, frame.y(value), left + bar_width, BOTTOM), fill=COLOURS[number])


def _draw_threshold(pen: ImageDraw.ImageDraw, chart: Chart, frame: Frame) -> None:
    if chart.threshold is None:
        return
    y = frame.y(chart.threshold)
    for x in range(LEFT, RIGHT, 16):
        pen.line((x, y, x + 9, y), LIMIT, 2)
    pen.text((RIGHT, y - 4), f"limit {chart.threshold:g}", LIMIT, _font(14), anchor="rd")


FORMS: Mapping[str, Callable[[ImageDraw.ImageDraw, Chart, Frame], None]] = {
    "line": _draw_line,
    "bars": _draw_bars,
    "board": _draw_bars,
}


def _png(picture: Image.Image, author: str, written: datetime) -> bytes:
    about = PngInfo()
    about.add_itxt("Author", author)
    about.add_itxt("Creation Time", written.isoformat())
    out = io.BytesIO()
    picture.quantize(64).save(out, "PNG", pnginfo=about)
    return out.getvalue()


def _jpeg(picture: Image.Image, author: str, written: datetime) -> bytes:
    about = Image.Exif()
    about[ARTIST] = author
    about[COPYRIGHT] = f"(c) {author}"
    about[TAKEN] = f"{written:%Y:%m:%d %H:%M:%S}"
    about[MODEL] = "Dashboard export"
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85, exif=about)
    return out.getvalue()
