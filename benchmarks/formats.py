"""What is read of one file of each format: sentences, offsets, boxes.

    python benchmarks/formats.py [FOLDER…]

Default: the files of the tests, each made by the tool that its folder's README names.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from aseqa.errors import ReadError
from aseqa.prepare import Prepared, prepare_file

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = [ROOT / "seeds"] + [
    ROOT / "tests" / "data" / name for name in ("pdf", "office", "tables", "open_data", "law")
]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, default=FOLDERS)
    options = parser.parse_args()
    print("| fichier | documents | phrases | positions justes | phrases avec rectangles |")
    print("|---|---|---|---|---|")
    for folder in options.folders:
        for path in sorted(folder.iterdir()):
            if path.is_file() and path.name not in ("README.md", "__init__.py"):
                print(row(path))


def row(path: Path) -> str:
    """What is read of a file, or why it is not."""
    name = f"{path.parent.name}/{path.name}"
    try:
        found = prepare_file(path, path.name, ())
    except ReadError as error:
        return f"| {name} | – | {error} | – | – |"
    sentences = [(one, number) for one in found for number in range(len(one.sentences))]
    placed = sum(is_placed(one, number) for one, number in sentences)
    boxed = sum(bool(one.boxes[number]) for one, number in sentences)
    total = len(sentences)
    return f"| {name} | {len(found)} | {total} | {placed} | {boxed or '–'} |"


def is_placed(one: Prepared, number: int) -> bool:
    sentence = one.sentences[number]
    return one.document.text[sentence.start : sentence.end] == sentence.text


if __name__ == "__main__":
    main()
