"""Makes the four TTF files of this folder from the npm package @fontsource/inter.

Usage: python3 make-fonts.py PACKAGE_DIR OUT_DIR   (needs fonttools and brotli)

The package cuts each weight into subsets by script. They are merged again,
layout tables and hints are dropped, and characters outside the ranges that
README.md names are left out.
"""

import sys
import tempfile
from pathlib import Path

from fontTools import subset
from fontTools.merge import Merger
from fontTools.ttLib import TTFont

WEIGHTS = {400: "Regular", 500: "Medium", 600: "SemiBold", 700: "Bold"}
SUBSETS = ["latin", "latin-ext", "vietnamese", "greek", "cyrillic", "cyrillic-ext"]
LAYOUT = ["GSUB", "GPOS", "GDEF", "STAT", "gasp", "prep", "fpgm", "cvt ", "DSIG", "MVAR"]


def wanted(char: int) -> bool:
    return char <= 0x52F or 0x1E80 <= char <= 0x1EFF or 0x2000 <= char <= 0x27FF


def options() -> subset.Options:
    chosen = subset.Options()
    chosen.layout_features = []
    chosen.hinting = False
    chosen.notdef_outline = True
    chosen.glyph_names = False
    chosen.name_IDs = ["*"]
    return chosen


def cut(path: Path, chars: set[int]) -> None:
    font = subset.load_font(str(path), options())
    cutter = subset.Subsetter(options())
    cutter.populate(unicodes=chars)
    cutter.subset(font)
    font["head"].created = font["head"].modified = 0  # so that every run makes the same bytes
    font.recalcTimestamp = False
    font.save(str(path))


def part(package: Path, name: str, weight: int, folder: Path, seen: set[int]) -> str:
    """One subset as TTF, without the characters that an earlier one has."""
    font = TTFont(package / "files" / f"inter-{name}-{weight}-normal.woff2")
    for table in LAYOUT:
        if table in font:
            del font[table]
    font.flavor = None
    chars = set(font.getBestCmap())
    path = folder / f"{name}-{weight}.ttf"
    font.save(str(path))
    cut(path, chars - seen)
    seen |= chars
    return str(path)


def make(package: Path, weight: int, out: Path) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        seen: set[int] = set()
        parts = [part(package, name, weight, Path(temporary), seen) for name in SUBSETS]
        Merger().merge(parts).save(str(out))
    cut(out, {char for char in TTFont(out).getBestCmap() if wanted(char)})


if __name__ == "__main__":
    for weight, name in WEIGHTS.items():
        make(Path(sys.argv[1]), weight, Path(sys.argv[2]) / f"Inter-{name}.ttf")
