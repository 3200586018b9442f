"""What a function takes in structs: the attributes that may be left out, and the required parts where they are many."""

from __future__ import annotations

from opspec.model.constraints import AttributeKind
from opspec.model.dialect import Region
from opspec.rsview.code import (
    Atom,
    Blank,
    Do,
    Field,
    Function,
    Impl,
    Item,
    Let,
    Nested,
    Parameter,
    Statement,
    StructItem,
    Tail,
    atom,
    call,
    declared,
    melior,
)
from opspec.rsview.kinds import CONTEXT
from opspec.rsview.signature import Optional, Signature
from opspec.rsview.text import docs, rs_literal

__all__ = ["build_bundle", "build_options"]

_ATTRIBUTE = melior("ir::Attribute")


def build_options(signature: Signature, name: str) -> tuple[Item, ...]:
    """The struct of what may be left out, with a setter for each; `name` is the operation's in the IR."""
    if not signature.optional:
        return ()
    generics = signature.options_lifetime
    fields = tuple(
        Field(each.name, atom(f"Option<{each.kind.held.text}>", each.kind.held)) for each in signature.optional
    )
    derives = "Debug, Default, Clone, Copy"
    struct = StructItem(signature.options, fields, docs(f"Options of `{name}`"), generics, derives)
    new = Function(
        "new", (), Atom("Self"), (Tail(Atom("Self::default()")),), docs("Creates options of which none is set")
    )
    members = (new, *map(_setter, signature.optional), _attributes(signature))
    return struct, Impl(Atom(f"{generics} {signature.options}{generics}"), members)


def _setter(option: Optional) -> Function:
    name = option.name
    doc = docs(option.attribute.doc.summary or f"Sets `{option.attribute.name}`")
    parameters = (Parameter("mut self", None), Parameter(name, option.kind.held))
    body = (Do(Atom(f"self.{name} = Some({name})")), Tail(Atom("self")))
    return Function("set_new" if name == "new" else name, parameters, Atom("Self"), body, doc)


def _attributes(signature: Signature) -> Function:
    """The function that gives the attributes which are set."""
    pairs = atom("Vec<(Identifier<'c>, Attribute<'c>)>", melior("ir::Identifier"), _ATTRIBUTE)
    body: list[Statement] = [Let("mut attributes", Atom("vec![]")), Blank()]
    for option in signature.optional:
        body += [_pushed(option), Blank()]
    parameters = (Parameter("self", None), Parameter("context", atom("&'c Context", CONTEXT)))
    generics = "" if signature.options_lifetime else "<'c>"
    return Function("attributes", parameters, pairs, (*body, Tail(Atom("attributes"))), generics=generics, head="fn")


def _pushed(option: Optional) -> Nested:
    name, key = Atom(option.name), rs_literal(option.attribute.name)
    head = Atom(f"if let Some({name.text}) = self.{name.text}")
    if option.attribute.attribute.constraint is AttributeKind.UNIT:
        head = Atom(f"if self.{name.text} == Some(true)")
        value = call(atom("Attribute::unit", _ATTRIBUTE), "context")
        return Nested(head, (Do(call("attributes.push", call(declared("named"), "context", key, value))),))
    made = name if option.kind.is_list else option.kind.make(name)
    return Nested(head, (Do(call("attributes.push", call(declared("named"), "context", key, made))),))


def build_bundle(signature: Signature, name: str) -> tuple[Item, ...]:
    """The struct of what has to be given, where that is more than a function takes."""
    if not signature.is_bundled:
        return ()
    fields = tuple(
        Field(each.name, each.field, docs(each.doc or f"The part `{each.name}`"), is_public=True)
        for each in signature.required
    )
    derives = "Debug" if any(isinstance(each.part, Region) for each in signature.required) else "Debug, Clone, Copy"
    generics = "<'c, 'a>" if signature.bundle_borrows else "<'c>"
    return (StructItem(signature.bundle, fields, docs(f"What `{name}` needs"), generics, derives),)
