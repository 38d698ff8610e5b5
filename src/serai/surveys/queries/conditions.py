"""A form's conditions in words: what people read instead of an expression.

Whatever has no plain words here is shown as it is written.
"""

from django.utils.translation import gettext as _

from serai.calc.xforms import FormState, Ref, Spec
from serai.calc.xforms.lexer import NotAnExpression
from serai.calc.xforms.parser import Expression, parse
from serai.calc.xforms.paths import FormCompiler
from serai.calc.xforms.values import number_to_text
from serai.surveys.queries.choices import every_choice


class Code(str):
    """A rule as it is written: the same in every language, and no sentence."""

    __slots__ = ()
    is_code = True


class _NoWords(Exception):
    """There are no plain words for this part."""


def in_words(state: FormState, spec: Spec, written: str) -> str:
    """Return a condition in words, or its code where there are none."""
    try:
        return _Teller(state, spec).tell(parse(written))
    except (_NoWords, NotAnExpression):
        return Code(" ".join(written.split()))


class _Teller:
    def __init__(self, state: FormState, spec: Spec) -> None:
        self.state = state
        self.spec = spec

    def tell(self, tree: Expression) -> str:
        sort = tree[0]
        if sort == "bin" and tree[1] in {"and", "or"}:
            glue = _("{one} and {other}") if tree[1] == "and" else _("{one} or {other}")
            words, *others = (self.part(one) for one in tree[2:])
            for other in others:
                words = glue.format(one=words, other=other)
            return words
        if sort == "bin":
            return self.compare(tree[1], tree[2], tree[3])
        if sort == "fn":
            return self.call(tree[1], tree[2])
        raise _NoWords

    def part(self, tree: Expression) -> str:
        """Tell one side of "and" or "or", in brackets where it has such a word itself."""
        said = self.tell(tree)
        return f"({said})" if tree[0] == "bin" and tree[1] in {"and", "or"} else said

    def call(self, name: str, given: tuple[Expression, ...]) -> str:
        if name == "true":
            return _("always")
        if name == "false":
            return _("never")
        if name == "not":
            return _("not ({condition})").format(condition=self.tell(given[0]))
        if name == "selected" and len(given) == 2 and given[1][0] == "str":
            question = self.question(given[0])
            choice = self.choice(question, given[1][1])
            return _("“{choice}” is chosen at {question}").format(
                choice=choice, question=self.named(question)
            )
        raise _NoWords

    def compare(self, sign: str, left: Expression, right: Expression) -> str:
        words = {
            "=": _("{left} is {right}"), "!=": _("{left} is not {right}"),
            "<": _("{left} is less than {right}"), "<=": _("{left} is {right} or less"),
            ">": _("{left} is more than {right}"), ">=": _("{left} is {right} or more"),
        }.get(sign)  # fmt: skip
        if words is None:
            raise _NoWords
        if right == ("str", "") and sign in {"=", "!="}:
            empty = _("{left} is not answered") if sign == "=" else _("{left} is answered")
            return empty.format(left=self.side(left))
        about = self.question(left) if left[0] == "path" else None
        return words.format(left=self.side(left), right=self.side(right, about))

    def side(self, tree: Expression, about: Spec | None = None) -> str:
        """Tell a value; a choice by its label where it is compared with a question."""
        if tree[0] == "num":
            return number_to_text(float(tree[1]))
        if tree[0] == "neg" and tree[1][0] == "num":
            return number_to_text(-float(tree[1][1]))
        if tree[0] == "str":
            known = self.choice(about, tree[1]) if about is not None else tree[1]
            return f"“{known}”"
        if tree[0] == "path":
            return self.named(self.question(tree))
        if tree[:2] == ("fn", "today"):
            return _("today")
        raise _NoWords

    def question(self, tree: Expression) -> Spec:
        place = FormCompiler(self.state.form, self.spec.index).place(tree)
        if place is None:
            raise _NoWords
        return self.state.form.specs[place[0]]

    def named(self, spec: Spec) -> str:
        if spec is self.spec:
            return _("the answer")
        label = ""
        if spec.control is not None:
            label = self.state.label(spec.control, f"r{spec.repeat}" if spec.repeat >= 0 else "")
        return f"“{label or spec.name}”"

    def choice(self, spec: Spec | None, value: str) -> str:
        if spec is None or spec.control is None:
            return value
        entry = f"r{spec.repeat}" if spec.repeat >= 0 else ""
        known = dict(every_choice(self.state, Ref(spec.path, entry)))
        return known.get(value) or value
