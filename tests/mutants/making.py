"""What can be changed in a file so that it says something else: the operators of mutmut, and a lost return value."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider, WhitespaceInclusivePositionProvider
from mutmut.mutation import mutators

FLOORS = ("domain", "actions", "store")
"""The floors whose tests must bite."""

_OPERATORS = (
    (cst.BaseNumber, mutators.operator_number),
    (cst.Name, mutators.operator_name),
    (cst.UnaryOperation, mutators.operator_remove_unary_ops),
    ((cst.Is, cst.IsNot, cst.In, cst.NotIn, cst.Break, cst.Continue), mutators.operator_keywords),
    (
        (cst.BinaryOperation, cst.UnaryOperation, cst.BooleanOperation, cst.ComparisonTarget, cst.AugAssign),
        mutators.operator_swap_op,
    ),
)
# Beside a function, | says of what types a name may be, and no & can be put there.
_BITS = (cst.BitAnd, cst.BitOr)
# What a decorator or a type says is for who reads the code, and for mypy.
_LEFT_ALONE = (cst.Annotation, cst.Decorator)
_STATEMENTS = (
    *(cst.SimpleStatementLine, cst.FunctionDef, cst.ClassDef, cst.If, cst.Else, cst.While, cst.For, cst.With),
    *(cst.Try, cst.ExceptHandler, cst.Finally, cst.Match, cst.MatchCase),
)


@dataclass(frozen=True, order=True)
class Mutant:
    """One change of one file: from `start` to `end` there stands `text` instead."""

    path: str
    """Below the root, as "portal/domain/audit.py"."""

    start: int
    end: int
    text: str
    lines: tuple[int, int]
    """The first and last line of the statement, or of its head: whoever runs these has been there."""

    is_at_import: bool
    """Beside every function, so that it takes effect when the file is imported."""

    @property
    def floor(self) -> str:
        """Return "domain", "actions" or "store"."""
        return self.path.split("/")[1]

    def of(self, source: str) -> str:
        """Return the source with the change."""
        return source[: self.start] + self.text + source[self.end :]

    def shown(self, source: str) -> tuple[int, str, str]:
        """Return the number of the first line that differs, and the lines before and after, without their margins."""
        first = source.rfind("\n", 0, self.start) + 1
        last = (source + "\n").index("\n", self.end)
        whole = source[first : self.start] + self.text + source[self.end : last]
        return source.count("\n", 0, first) + 1, " ".join(source[first:last].split()), " ".join(whole.split())


def mutants_of(root: Path, path: str) -> list[Mutant]:
    """Return every mutant of a file below the root, in the order of the file."""
    wrapper = MetadataWrapper(cst.parse_module((root / path).read_text(encoding="utf-8")), unsafe_skip_copy=True)
    visitor = _Visitor(path, wrapper.module)
    wrapper.visit(visitor)
    return sorted(set(visitor.found))


def all_mutants(root: Path, only: str = "") -> list[Mutant]:
    """Return every mutant of the floors, in the files whose path begins so."""
    files = [file for floor in FLOORS for file in sorted((root / "portal" / floor).rglob("*.py"))]
    paths = [file.relative_to(root).as_posix() for file in files]
    return [mutant for path in paths if path.startswith(only) for mutant in mutants_of(root, path)]


class _Visitor(cst.CSTVisitor):
    METADATA_DEPENDENCIES = (PositionProvider, WhitespaceInclusivePositionProvider)

    def __init__(self, path: str, module: cst.Module) -> None:
        super().__init__()
        self.found: list[Mutant] = []
        self._path, self._module = path, module
        self._begins = [0]
        for line in module.code.splitlines(keepends=True):
            self._begins.append(self._begins[-1] + len(line))
        self._statements: list[tuple[cst.CSTNode, tuple[int, int]]] = []
        self._runs_later: list[tuple[cst.CSTNode, bool]] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        """Note what can be changed here, and look further."""
        if isinstance(node, _LEFT_ALONE):
            return False
        if isinstance(node, _STATEMENTS):
            self._statements.append((node, self._lines(node)))
        for changed in self._changes(node):
            self._note(node, changed)
        if isinstance(node, cst.FunctionDef | cst.Lambda):
            self._runs_later.append((node, True))
        elif isinstance(node, cst.Parameters):  # a default is worked out where the function is made
            self._runs_later.append((node, len(self._runs_later) > 1 and self._runs_later[-2][1]))
        return True

    def on_leave(self, original_node: cst.CSTNode) -> None:
        """Forget what one is no longer in."""
        if self._statements and self._statements[-1][0] is original_node:
            self._statements.pop()
        if self._runs_later and self._runs_later[-1][0] is original_node:
            self._runs_later.pop()

    @property
    def _is_at_import(self) -> bool:
        return not self._runs_later or not self._runs_later[-1][1]

    def _changes(self, node: cst.CSTNode) -> Iterator[cst.CSTNode]:
        if isinstance(node, cst.Return) and node.value and not _is_plain(node.value):
            yield node.with_changes(value=cst.Name("None"), whitespace_after_return=cst.SimpleWhitespace(" "))
        if self._is_at_import and isinstance(node, cst.BinaryOperation) and isinstance(node.operator, _BITS):
            return
        for kind, operator in _OPERATORS:
            if isinstance(node, kind):
                yield from operator(node)

    def _note(self, node: cst.CSTNode, changed: cst.CSTNode) -> None:
        place = self.get_metadata(WhitespaceInclusivePositionProvider, node)
        start = self._begins[place.start.line - 1] + place.start.column
        end = self._begins[place.end.line - 1] + place.end.column
        text = self._module.code_for_node(changed)
        self.found.append(Mutant(self._path, start, end, text, self._statements[-1][1], self._is_at_import))

    def _lines(self, node: cst.CSTNode) -> tuple[int, int]:
        place = self.get_metadata(PositionProvider, node)
        if isinstance(node, cst.SimpleStatementLine):
            return place.start.line, place.end.line
        body = node.cases[0] if isinstance(node, cst.Match) else node.body  # type: ignore[attr-defined]
        below = self.get_metadata(PositionProvider, body).start.line
        return place.start.line, max(place.start.line, below - 1)


def _is_plain(value: cst.BaseExpression) -> bool:
    """Whether a lost value would be the same, or is changed otherwise: None, True or False."""
    return isinstance(value, cst.Name) and value.value in ("None", "True", "False")
