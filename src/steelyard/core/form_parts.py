"""What the forms of data files are made of: a key that must be there, and the reference of an entry."""

from __future__ import annotations

from steelyard.core.schema import Field, FieldKind, Schema


def need(kind: FieldKind = "text", **more: object) -> Field:
    """A key that an entry must have."""
    return Field(kind, required=True, **more)  # type: ignore[arg-type]


REFERENCE: Schema = {
    "title": need(),
    "publisher": need(),
    "date": need("date"),
    "locator": Field(),
    "url": Field(),
    "edition": Field(),
    "note": Field(),
}
NEED_REFERENCE = need("table", inner=REFERENCE)
