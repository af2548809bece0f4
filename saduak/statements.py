"""Queries of every page, compiled to SQL once a process and asked with other values ever after.

Django builds and compiles a query anew each time it is asked: for one row of an index that takes five to ten times as long
as the answer. What stands on the way of every page, or is asked by a page that is measured, says here what it wants
once; a list that somebody filters stays an ordinary query.

    POSTS = Statement(
        lambda at: Membership.objects.filter(user_id=at["user"]).values_list("role", "organisation__name_th"),
        user=models.BigIntegerField(),
    )
    POSTS.rows(user=7)
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import BooleanField, Expression, Field, Model, QuerySet

Row = tuple[Any, ...]
M = TypeVar("M", bound=Model)
Build = Callable[[Mapping[str, "Slot"]], QuerySet[Any, Any]]


class _Given:
    """Stands among the parameters of a compiled query for a value that comes when it is asked."""

    def __init__(self, name: str, field: Field[Any, Any]) -> None:
        self.name, self.field = name, field


class Slot(Expression):
    """A value that comes later, of the kind of a field; stands where a filter or an annotation takes an expression."""

    def __init__(self, name: str, field: Field[Any, Any]) -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        return "%s", [_Given(self.name, self.output_field)]


class Many(Field[Any, Any]):
    """Kind of a slot that takes a list of numbers, for `Among`."""

    def get_db_prep_value(self, value: Sequence[int], connection: Any, prepared: bool = False) -> Any:
        return list(value) if connection.vendor == "postgresql" else json.dumps(list(value))


class Among(Expression):
    """Condition: an expression is one of the numbers of a slot, however many there are. One parameter, so that the text of
    the query stays the same."""

    conditional = True

    def __init__(self, expression: Expression, slot: Slot) -> None:
        super().__init__(output_field=BooleanField())
        self.expression, self.slot = expression, slot

    def get_source_expressions(self) -> list[Any]:
        return [self.expression, self.slot]

    def set_source_expressions(self, exprs: Sequence[Any]) -> None:
        self.expression, self.slot = exprs

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        left, left_values = compiler.compile(self.expression)
        right, right_values = compiler.compile(self.slot)
        # `right` is a single placeholder; nothing that anybody wrote comes into the text.
        one_of = f"ANY({right})" if connection.vendor == "postgresql" else f"(SELECT value FROM json_each({right}))"  # noqa: S608
        return f"{left} {'=' if connection.vendor == 'postgresql' else 'IN'} {one_of}", [*left_values, *right_values]


class _Compiled:
    """SQL, parameters with gaps, and what makes values of Python of what the database answers."""

    def __init__(self, found: QuerySet[Any, Any]) -> None:
        query = found.query
        compiler = query.get_compiler(found.db)
        self.sql, params = compiler.as_sql()
        self.params = list(params)
        self.gaps = [(place, one.name, one.field) for place, one in enumerate(params) if isinstance(one, _Given)]
        columns = [one[0] for one in compiler.select[: compiler.col_count]]
        self.converters = [
            (place, converter, expression)
            for place, (converters, expression) in compiler.get_converters(columns).items()
            for converter in converters
        ]

    def rows(self, values: Mapping[str, Any], portion: tuple[int, int] | None) -> list[Row]:
        params = self.params.copy()
        for place, name, field in self.gaps:
            params[place] = field.get_db_prep_value(values[name], connection)
        sql = self.sql
        if portion is not None:
            sql, params = f"{sql} LIMIT %s OFFSET %s", [*params, *portion]
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            rows: list[Row] = cursor.fetchall()
        return list(self._converted(rows)) if self.converters else rows

    def _converted(self, rows: list[Row]) -> Iterator[Row]:
        for row in rows:
            values = list(row)
            for place, converter, expression in self.converters:
                if values[place] is not None:
                    values[place] = converter(values[place], expression, connection)
            yield tuple(values)


class Statement:
    """One query. build: makes it, as `values_list` gives rows, from slots that stand for the values; slots: the kind of each
    value. It is compiled when it is first asked."""

    def __init__(self, build: Build, **slots: Field[Any, Any]) -> None:
        self._build, self._slots = build, slots
        self._compiled: _Compiled | None = None

    def rows(self, *, portion: tuple[int, int] | None = None, **values: Any) -> list[Row]:
        """The rows with these values. portion: (how many, after how many), of a query that is in order."""
        compiled = self._compiled
        if compiled is None:
            slots = {name: Slot(name, field) for name, field in self._slots.items()}
            self._compiled = compiled = _Compiled(self._build(slots))
        return compiled.rows(values, portion)

    def row(self, **values: Any) -> Row | None:
        """The first row, or None."""
        return next(iter(self.rows(**values)), None)


class Columns(Generic[M]):
    """Columns of a model among those that a statement asks for. names: attributes, all of them when none is named; through:
    the way from what is asked to this model, as "user__". Whatever is not named is read when somebody asks for it."""

    def __init__(self, model: type[M], *names: str, through: str = "") -> None:
        known = [one.attname for one in model._meta.concrete_fields]
        if unknown := set(names) - set(known):
            raise ValueError(f"{model.__name__} has no {', '.join(sorted(unknown))}")
        self._model = model
        self.names = tuple(name for name in known if name in names or not names)  # the order in which Django makes one
        self.paths = tuple(f"{through}{name}" for name in self.names)

    def __len__(self) -> int:
        return len(self.names)

    def make(self, values: Sequence[Any]) -> M:
        """The model of these values, which stand in the order of `paths`."""
        return self._model.from_db(connection.alias, self.names, values)
