"""Tokens → tree.

    or    = and { OR and }
    and   = unary { [AND] unary }
    unary = NOT unary | near
    near  = primary { NEAR primary }
    primary = operand | "(" or ")" | field primary

An operator that lacks an operand is text, with a warning.
"""

from __future__ import annotations

from collections.abc import Sequence

from indexer.model import (
    EVERYTHING,
    And,
    Field,
    FieldName,
    Near,
    Not,
    Or,
    QueryWarning,
    Run,
    SyntaxNode,
    Wildcard,
    Years,
)
from indexer.query.syntax.scanner import Token, TokenKind

_BEGINS_OPERAND = (TokenKind.OPERAND, TokenKind.FIELD, TokenKind.OPEN, TokenKind.NOT)
_ENDS_OPERAND = (TokenKind.OPERAND, TokenKind.CLOSE)


class Parser:
    """Builds the tree by recursive descent; groups are bounded in depth by the scanner, negations by folding them.

    Attributes:
        warnings: operators that were read as text, and fields that were read otherwise than typed.
    """

    def __init__(self, text: str, tokens: Sequence[Token]) -> None:
        self._text = text
        self.warnings: list[QueryWarning] = []
        self._tokens = self._with_operands(tokens)
        self._at = 0

    def tree(self) -> SyntaxNode:
        """Return the tree of the whole query."""
        return self._or() if self._tokens else EVERYTHING

    # ── operators without operands ───────────────────────────────────────────────────────────────────────────────

    def _with_operands(self, tokens: Sequence[Token]) -> list[Token]:
        """Return the tokens with operators that lack an operand made text."""
        done: list[Token] = []
        for at, token in enumerate(tokens):
            following = tokens[at + 1] if at + 1 < len(tokens) else None
            done.append(token if self._is_sound(token, done, following) else self._as_text(token))
        return done

    def _is_sound(self, token: Token, done: Sequence[Token], following: Token | None) -> bool:
        before = done[-1] if done else None
        begins = following is not None and following.kind in _BEGINS_OPERAND
        match token.kind:
            case TokenKind.NOT | TokenKind.FIELD:
                return begins
            case TokenKind.OR | TokenKind.AND:
                return begins and before is not None and before.kind in _ENDS_OPERAND
            case TokenKind.NEAR:
                return _is_run(before) and _is_run(following) and not _negated_or_field(done)
            case TokenKind.OPERAND | TokenKind.OPEN | TokenKind.CLOSE:
                return True

    def _as_text(self, token: Token) -> Token:
        self._warn("missing_operand", "这里的运算符缺少运算对象，按文字处理。", token.start, token.end)
        operand = Run(self._text[token.start : token.end], start=token.start, end=token.end)
        return Token(TokenKind.OPERAND, token.start, token.end, operand=operand)

    def _warn(self, code: str, message: str, start: int, end: int) -> None:
        self.warnings.append(QueryWarning(code, message, start, end))

    # ── recursive descent ────────────────────────────────────────────────────────────────────────────────────────

    def _peek(self) -> TokenKind | None:
        return self._tokens[self._at].kind if self._at < len(self._tokens) else None

    def _take(self) -> Token:
        token = self._tokens[self._at]
        self._at += 1
        return token

    def _or(self) -> SyntaxNode:
        choices = [self._and()]
        while self._peek() is TokenKind.OR:
            self._take()
            choices.append(self._and())
        return choices[0] if len(choices) == 1 else Or(tuple(choices))

    def _and(self) -> SyntaxNode:
        parts: list[SyntaxNode] = []
        while self._peek() not in (None, TokenKind.OR, TokenKind.CLOSE):
            if self._peek() is TokenKind.AND:
                self._take()
                continue
            part = self._unary()
            parts.extend(part if isinstance(part, tuple) else (part,))
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _unary(self) -> SyntaxNode | tuple[SyntaxNode, ...]:
        return self._negation() if self._peek() is TokenKind.NOT else self._near()

    def _negation(self) -> SyntaxNode:
        negations = 0
        while self._peek() is TokenKind.NOT:
            self._take()
            negations += 1
        operand = self._primary()
        return Not(operand) if negations % 2 else operand

    def _near(self) -> SyntaxNode | tuple[SyntaxNode, ...]:
        """Return a primary, or the NEAR nodes of a chain of runs."""
        left = self._primary()
        pairs: list[SyntaxNode] = []
        while self._peek() is TokenKind.NEAR and isinstance(left, Run):
            distance = self._take().distance
            right = self._primary()
            if isinstance(right, Run):
                pairs.append(Near(left, right, distance, left.start, right.end))
            left = right
        if not pairs:
            return left
        return pairs[0] if len(pairs) == 1 else tuple(pairs)

    def _primary(self) -> SyntaxNode:
        token = self._take()
        if token.kind is TokenKind.OPEN:
            inner = self._or()
            self._take()
            return inner
        if token.kind is TokenKind.FIELD:
            value = self._negation() if self._peek() is TokenKind.NOT else self._primary()
            return self._in_field(FieldName(token.name), value, token.start)
        if token.operand is None:
            raise AssertionError(f"an operator was left where an operand belongs: {token}")
        return token.operand

    def _in_field(self, name: FieldName, node: SyntaxNode, start: int) -> SyntaxNode:
        """Return a field's group means the field for each run in it."""
        match node:
            case And(children):
                return And(tuple(self._in_field(name, child, start) for child in children))
            case Or(children):
                return Or(tuple(self._in_field(name, child, start) for child in children))
            case Not(child):
                return Not(self._in_field(name, child, start))
            case Near(left, right):
                self._warn("near_in_field", "字段里不能用 NEAR，这里只要求两边都有。", node.start, node.end)
                return And((self._in_field(name, left, start), self._in_field(name, right, start)))
            case Run() | Wildcard():
                return Field(name, node, start, node.end)
            case Field() | Years():
                self._warn("nested_field", "字段里又有字段，按里面的算。", node.start, node.end)
                return node


def _is_run(token: Token | None) -> bool:
    return token is not None and token.kind is TokenKind.OPERAND and isinstance(token.operand, Run)


def _negated_or_field(done: Sequence[Token]) -> bool:
    """Tell whether the run before an operator already belongs to a negation or a field."""
    return len(done) > 1 and done[-2].kind in (TokenKind.NOT, TokenKind.FIELD)
