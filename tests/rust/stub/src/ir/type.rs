use super::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Type<'c>(PhantomData<&'c Context>);

shown!(Type<'_>);

impl<'c> Type<'c> {
    pub fn parse(_: &'c Context, _: &str) -> Option<Self> {
        todo!()
    }

    pub fn float32(_: &'c Context) -> Self {
        todo!()
    }

    pub fn float64(_: &'c Context) -> Self {
        todo!()
    }

    pub fn index(_: &'c Context) -> Self {
        todo!()
    }
}

macro_rules! questions {
    ($($name:ident,)*) => {
        pub trait TypeLike<'c> {
            $(
                fn $name(&self) -> bool {
                    todo!()
                }
            )*
        }
    };
}

questions! {
    is_complex, is_float, is_function, is_index, is_integer, is_mem_ref, is_none, is_ranked_tensor, is_tuple,
    is_unranked_mem_ref, is_unranked_tensor, is_vector,
}

impl<'c> TypeLike<'c> for Type<'c> {}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DimSize {
    Static(u64),
    Dynamic,
}

pub trait ShapedTypeLike<'c>: TypeLike<'c> {
    fn element(&self) -> Type<'c> {
        todo!()
    }

    fn rank(&self) -> usize {
        todo!()
    }

    fn dim_size(&self, _: usize) -> Result<DimSize, Error> {
        todo!()
    }
}

macro_rules! classes {
    ($($name:ident,)*) => {
        $(
            #[derive(Clone, Copy, Debug)]
            pub struct $name<'c>(PhantomData<&'c Context>);

            impl<'c> TypeLike<'c> for $name<'c> {}

            impl<'c> From<$name<'c>> for Type<'c> {
                fn from(_: $name<'c>) -> Self {
                    todo!()
                }
            }

            impl<'c> TryFrom<Type<'c>> for $name<'c> {
                type Error = Error;

                fn try_from(_: Type<'c>) -> Result<Self, Error> {
                    todo!()
                }
            }
        )*
    };
}

classes! { FunctionType, IntegerType, MemRefType, RankedTensorType, }

impl<'c> ShapedTypeLike<'c> for MemRefType<'c> {}
impl<'c> ShapedTypeLike<'c> for RankedTensorType<'c> {}

impl<'c> FunctionType<'c> {
    pub fn new(_: &'c Context, _: &[Type<'c>], _: &[Type<'c>]) -> Self {
        todo!()
    }

    pub fn input(&self, _: usize) -> Result<Type<'c>, Error> {
        todo!()
    }

    pub fn result(&self, _: usize) -> Result<Type<'c>, Error> {
        todo!()
    }

    pub fn input_count(&self) -> usize {
        todo!()
    }

    pub fn result_count(&self) -> usize {
        todo!()
    }
}

impl<'c> IntegerType<'c> {
    pub fn new(_: &'c Context, _: u32) -> Self {
        todo!()
    }

    pub fn signed(_: &'c Context, _: u32) -> Self {
        todo!()
    }

    pub fn unsigned(_: &'c Context, _: u32) -> Self {
        todo!()
    }

    pub fn width(&self) -> u32 {
        todo!()
    }

    pub fn is_signed(&self) -> bool {
        todo!()
    }

    pub fn is_signless(&self) -> bool {
        todo!()
    }

    pub fn is_unsigned(&self) -> bool {
        todo!()
    }
}

impl<'c> MemRefType<'c> {
    pub fn contiguous(_: Type<'c>, _: &[i64], _: Option<Attribute<'c>>) -> Self {
        todo!()
    }

    pub fn memory_space(&self) -> Option<Attribute<'c>> {
        todo!()
    }
}

impl<'c> RankedTensorType<'c> {
    pub fn new(_: &[u64], _: Type<'c>, _: Option<Attribute<'c>>) -> Self {
        todo!()
    }

    pub fn encoding(&self) -> Option<Attribute<'c>> {
        todo!()
    }
}
