"""Tables drawn with ruled lines: the grid they make and the words in its cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aseqa.read.pdf_glyphs import Page, Rectangle
from aseqa.read.pdf_lines import line_of, rows_of
from aseqa.read.pdf_tables import Cell, Table, table_of
from aseqa.read.pdf_words import Word

TOUCH = 2.0
MIN_SIDE = 4.0
MAX_CELL_WORDS = 60
MIN_CELLS = 3


@dataclass(frozen=True, slots=True)
class _Rule:
    """A straight line: at ``place`` on one axis, from ``start`` to ``end`` on the other."""

    place: float
    start: float
    end: float

    def covers(self, point: float) -> bool:
        return self.start - TOUCH <= point <= self.end + TOUCH


@dataclass(frozen=True, slots=True)
class _Grid:
    levels: tuple[_Rule, ...]
    uprights: tuple[_Rule, ...]
    ys: tuple[float, ...]
    xs: tuple[float, ...]


def ruled_tables(page: Page, words: Sequence[Word]) -> tuple[list[Table], list[Word]]:
    """Give the tables of a page, and the words that are in none."""
    tables: list[Table] = []
    rest = list(words)
    for grid in _grids(page.rules):
        inside = [word for word in rest if _within(word, grid)]
        table = _table(page, grid, inside)
        if table:
            tables.append(table)
            taken = set(map(id, inside))
            rest = [word for word in rest if id(word) not in taken]
    return tables, rest


def _grids(rules: Iterable[Rectangle]) -> list[_Grid]:
    """Group the lines that touch; a grid has two rows of two columns, or a row of three."""
    levels, uprights = [], []
    for left, bottom, right, top in rules:
        if right - left >= max(top - bottom, MIN_SIDE):
            levels.append(_Rule((bottom + top) / 2, left, right))
        elif top - bottom >= MIN_SIDE:
            uprights.append(_Rule((left + right) / 2, bottom, top))
    grids = []
    for our_levels, our_uprights in _components(_merged(levels), _merged(uprights)):
        ys = sorted({rule.place for rule in our_levels}, reverse=True)
        xs = sorted({rule.place for rule in our_uprights})
        if len(ys) > 1 and len(xs) > 2 and len(ys) + len(xs) > 5:
            grids.append(_Grid(tuple(our_levels), tuple(our_uprights), tuple(ys), tuple(xs)))
    return grids


def _merged(rules: Iterable[_Rule]) -> list[_Rule]:
    """Join the pieces of each line; lines almost at one place are at one place."""
    merged: list[_Rule] = []
    place = None
    for rule in sorted(rules, key=lambda rule: rule.place):
        place = rule.place if place is None or rule.place - place > TOUCH else place
        merged.append(_Rule(place, rule.start, rule.end))
    pieces: list[_Rule] = []
    for rule in sorted(merged, key=lambda rule: (rule.place, rule.start)):
        last = pieces[-1] if pieces else None
        if last and last.place == rule.place and rule.start <= last.end + TOUCH:
            pieces[-1] = _Rule(last.place, last.start, max(last.end, rule.end))
        else:
            pieces.append(rule)
    return pieces


def _components(
    levels: Sequence[_Rule], uprights: Sequence[_Rule]
) -> list[tuple[list[_Rule], list[_Rule]]]:
    """Give the sets of lines that cross or touch one another, directly or not."""
    left = set(range(len(uprights)))
    done: set[int] = set()
    found = []
    for first in range(len(levels)):
        if first in done:
            continue
        ours, crossing, waiting = {first}, set(), [first]
        while waiting:
            level = levels[waiting.pop()]
            met = {number for number in left if _touch(level, uprights[number])}
            left -= met
            crossing |= met
            for number, other in enumerate(levels):
                if number not in ours and any(_touch(other, uprights[place]) for place in met):
                    ours.add(number)
                    waiting.append(number)
        done |= ours
        found.append(([levels[i] for i in sorted(ours)], [uprights[i] for i in sorted(crossing)]))
    return found


def _touch(level: _Rule, upright: _Rule) -> bool:
    return level.covers(upright.place) and upright.covers(level.place)


def _within(word: Word, grid: _Grid) -> bool:
    x, y = _middle(word)
    return grid.xs[0] <= x <= grid.xs[-1] and grid.ys[-1] <= y <= grid.ys[0]


def _middle(word: Word) -> tuple[float, float]:
    return (word.left + word.right) / 2, (word.bottom + word.top) / 2


def _table(page: Page, grid: _Grid, words: Sequence[Word]) -> Table | None:
    """Put the words in the grid's cells; a frame around prose is no table."""
    held: dict[tuple[int, int], list[Word]] = {}
    for word in words:
        x, y = _middle(word)
        row = sum(y < place for place in grid.ys) - 1
        column = sum(x > place for place in grid.xs) - 1
        held.setdefault(_cell_start(grid, max(row, 0), max(column, 0)), []).append(word)
    if any(len(cell) > MAX_CELL_WORDS for cell in held.values()):
        return None
    filled = {place: _lines(page, cell) for place, cell in held.items()}
    rows = [_row(grid, filled, number) for number in range(len(grid.ys) - 1)]
    if sum(sum(map(bool, row)) for row in rows if sum(map(bool, row)) > 1) < MIN_CELLS:
        return None
    return table_of(rows, grid.xs[:-1])


def _row(grid: _Grid, filled: dict[tuple[int, int], Cell], row: int) -> list[Cell]:
    """Give a row's cells; one that spans several rows is told again in each of them."""
    cells: list[Cell] = []
    for column in range(len(grid.xs) - 1):
        start = _cell_start(grid, row, column)
        cells.append(filled.get(start, ()) if start[1] == column else ())
    return cells


def _cell_start(grid: _Grid, row: int, column: int) -> tuple[int, int]:
    """Give the first row and column of the cell that covers a place of the grid."""
    y = (grid.ys[row] + grid.ys[row + 1]) / 2
    while column and not any(
        rule.place == grid.xs[column] and rule.covers(y) for rule in grid.uprights
    ):
        column -= 1
    x = (grid.xs[column] + grid.xs[column + 1]) / 2
    while row and not any(rule.place == grid.ys[row] and rule.covers(x) for rule in grid.levels):
        row -= 1
    return row, column


def _lines(page: Page, words: Sequence[Word]) -> Cell:
    return tuple(line_of(row, page.number, page.turn) for row in rows_of(words))
