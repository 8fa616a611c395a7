"""Nothing grows beyond what one reads at a sitting (design 2)."""

from tests.house.sources import SRC, functions, modules

LONGEST_FILE, LONGEST_FUNCTION = 400, 50


def test_no_file_is_longer_than_four_hundred_lines():
    """Aimed at: 80; at 300 a file becomes a package."""
    lengths = {path: len((SRC / path).read_text().splitlines()) for path in modules()}

    assert {path: length for path, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_function_is_longer_than_fifty_lines():
    """Aimed at: 8."""
    long = [
        f"{path}: {function.name}"
        for path, tree in modules().items()
        for function in functions(tree)
        if (function.end_lineno or 0) - function.lineno + 1 > LONGEST_FUNCTION
    ]
    assert long == []


def test_no_folder_of_leftovers():
    """A name says what is inside."""
    forbidden = {"utils", "helpers", "common", "services", "managers", "mixins", "misc"}

    assert [path for path in modules() if forbidden & set(path.removesuffix(".py").split("/"))] == []
