use super::*;
use mlir_sys::MlirAttribute;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Attribute<'c>(PhantomData<&'c Context>);

shown!(Attribute<'_>);

impl<'c> Attribute<'c> {
    pub fn parse(_: &'c Context, _: &str) -> Option<Self> {
        todo!()
    }

    pub fn unit(_: &'c Context) -> Self {
        todo!()
    }

    /// # Safety
    ///
    /// A raw object must be valid.
    pub unsafe fn from_raw(_: MlirAttribute) -> Self {
        todo!()
    }
}

pub trait AttributeLike<'c> {
    fn to_raw(&self) -> MlirAttribute {
        todo!()
    }

    fn r#type(&self) -> Type<'c> {
        todo!()
    }

    fn is_array(&self) -> bool {
        todo!()
    }
}

impl<'c> AttributeLike<'c> for Attribute<'c> {}

macro_rules! classes {
    ($($name:ident,)*) => {
        $(
            #[derive(Clone, Copy, Debug, Hash)]
            pub struct $name<'c>(PhantomData<&'c Context>);

            shown!($name<'_>);

            impl<'c> AttributeLike<'c> for $name<'c> {}

            impl<'c> From<$name<'c>> for Attribute<'c> {
                fn from(_: $name<'c>) -> Self {
                    todo!()
                }
            }

            impl<'c> TryFrom<Attribute<'c>> for $name<'c> {
                type Error = Error;

                fn try_from(_: Attribute<'c>) -> Result<Self, Error> {
                    todo!()
                }
            }
        )*
    };
}

classes! {
    ArrayAttribute, BoolAttribute, DenseI32ArrayAttribute, DenseI64ArrayAttribute,
    FlatSymbolRefAttribute, FloatAttribute, IntegerAttribute, StringAttribute, TypeAttribute,
}

impl<'c> ArrayAttribute<'c> {
    pub fn new(_: &'c Context, _: &[Attribute<'c>]) -> Self {
        todo!()
    }
}

impl<'c> BoolAttribute<'c> {
    pub fn new(_: &'c Context, _: bool) -> Self {
        todo!()
    }

    pub fn value(&self) -> bool {
        todo!()
    }
}

macro_rules! dense {
    ($($name:ident: $element:ty,)*) => {
        $(
            #[allow(clippy::len_without_is_empty)]
            impl<'c> $name<'c> {
                pub fn new(_: &'c Context, _: &[$element]) -> Self {
                    todo!()
                }

                pub fn len(&self) -> usize {
                    todo!()
                }

                pub fn element(&self, _: usize) -> Result<$element, Error> {
                    todo!()
                }
            }
        )*
    };
}

dense! {
    DenseI32ArrayAttribute: i32,
    DenseI64ArrayAttribute: i64,
}

impl<'c> FlatSymbolRefAttribute<'c> {
    pub fn new(_: &'c Context, _: &str) -> Self {
        todo!()
    }
}

impl<'c> FloatAttribute<'c> {
    pub fn new(_: &'c Context, _: Type<'c>, _: f64) -> Self {
        todo!()
    }

    pub fn value(&self) -> f64 {
        todo!()
    }
}

impl<'c> IntegerAttribute<'c> {
    pub fn new(_: Type<'c>, _: i64) -> Self {
        todo!()
    }

    pub fn value(&self) -> i64 {
        todo!()
    }

    pub fn signed_value(&self) -> i64 {
        todo!()
    }

    pub fn unsigned_value(&self) -> u64 {
        todo!()
    }
}

impl<'c> StringAttribute<'c> {
    pub fn new(_: &'c Context, _: &str) -> Self {
        todo!()
    }

    pub fn value(&self) -> &'c str {
        todo!()
    }
}

impl<'c> TypeAttribute<'c> {
    pub fn new(_: Type<'c>) -> Self {
        todo!()
    }

    pub fn value(&self) -> Type<'c> {
        todo!()
    }
}
