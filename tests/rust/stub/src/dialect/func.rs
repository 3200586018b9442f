use crate::{
    Context,
    ir::{
        Attribute, Identifier, Location, Operation, Region, Value,
        attribute::{StringAttribute, TypeAttribute},
    },
};

pub fn func<'c>(
    _: &'c Context,
    _: StringAttribute<'c>,
    _: TypeAttribute<'c>,
    _: Region<'c>,
    _: &[(Identifier<'c>, Attribute<'c>)],
    _: Location<'c>,
) -> Operation<'c> {
    todo!()
}

pub fn r#return<'c>(_: &[Value<'c, '_>], _: Location<'c>) -> Operation<'c> {
    todo!()
}
