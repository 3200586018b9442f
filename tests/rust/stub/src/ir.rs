use crate::{Context, Error, StringRef};
use std::fmt::{self, Debug, Display, Formatter};
use std::marker::PhantomData;

pub mod attribute;
pub mod operation;
pub mod r#type;

pub use self::{
    attribute::{Attribute, AttributeLike},
    operation::{Operation, OperationRef},
    r#type::{ShapedTypeLike, Type, TypeLike},
};

macro_rules! shown {
    ($($head:tt)*) => {
        impl Display for $($head)* {
            fn fmt(&self, _: &mut Formatter) -> fmt::Result {
                todo!()
            }
        }
    };
}
pub(crate) use shown;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identifier<'c>(PhantomData<&'c Context>);

impl<'c> Identifier<'c> {
    pub fn new(_: &'c Context, _: &str) -> Self {
        todo!()
    }

    pub fn as_string_ref(&self) -> StringRef<'_> {
        todo!()
    }
}

#[derive(Clone, Copy, Debug)]
pub struct Location<'c>(PhantomData<&'c Context>);

impl<'c> Location<'c> {
    pub fn unknown(_: &'c Context) -> Self {
        todo!()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Value<'c, 'a>(PhantomData<&'c Context>, PhantomData<&'a ()>);

shown!(Value<'_, '_>);

pub trait ValueLike<'c> {
    fn r#type(&self) -> Type<'c> {
        todo!()
    }
}

impl<'c> ValueLike<'c> for Value<'c, '_> {}

#[derive(Clone, Copy, Debug)]
pub struct BlockArgument<'c, 'a>(Value<'c, 'a>);

impl<'c, 'a> From<BlockArgument<'c, 'a>> for Value<'c, 'a> {
    fn from(_: BlockArgument<'c, 'a>) -> Self {
        todo!()
    }
}

#[derive(Debug)]
pub struct Block<'c>(PhantomData<&'c Context>);

impl<'c> Block<'c> {
    pub fn new(_: &[(Type<'c>, Location<'c>)]) -> Self {
        todo!()
    }
}

impl Drop for Block<'_> {
    fn drop(&mut self) {}
}

#[derive(Clone, Copy, Debug)]
pub struct BlockRef<'c, 'a>(PhantomData<&'a Block<'c>>);

impl<'c> std::ops::Deref for BlockRef<'c, '_> {
    type Target = Block<'c>;

    fn deref(&self) -> &Block<'c> {
        todo!()
    }
}

shown!(Block<'_>);
shown!(BlockRef<'_, '_>);

pub trait BlockLike<'c, 'a>: Display + 'a {
    fn argument(&self, _: usize) -> Result<BlockArgument<'c, 'a>, Error> {
        todo!()
    }

    fn argument_count(&self) -> usize {
        todo!()
    }

    fn append_operation(&self, _: Operation<'c>) -> OperationRef<'c, 'a> {
        todo!()
    }

    fn first_operation(&self) -> Option<OperationRef<'c, 'a>> {
        todo!()
    }
}

impl<'c: 'a, 'a> BlockLike<'c, 'a> for Block<'c> {}
impl<'c, 'a> BlockLike<'c, 'a> for BlockRef<'c, 'a> {}

#[derive(Debug)]
pub struct Region<'c>(PhantomData<Block<'c>>);

impl Region<'_> {
    #[allow(clippy::new_without_default)]
    pub fn new() -> Self {
        todo!()
    }
}

impl Drop for Region<'_> {
    fn drop(&mut self) {}
}

#[derive(Clone, Copy, Debug)]
pub struct RegionRef<'c, 'a>(PhantomData<&'a Region<'c>>);

pub trait RegionLike<'c: 'a, 'a> {
    fn append_block(&self, _: Block<'c>) -> BlockRef<'c, 'a> {
        todo!()
    }
}

impl<'c: 'a, 'a> RegionLike<'c, 'a> for Region<'c> {}

#[derive(Debug)]
pub struct Module<'c>(PhantomData<&'c Context>);

impl<'c> Module<'c> {
    pub fn new(_: Location) -> Self {
        todo!()
    }

    pub fn parse(_: &Context, _: &str) -> Option<Self> {
        todo!()
    }

    pub fn as_operation(&self) -> OperationRef<'c, '_> {
        todo!()
    }

    pub fn body(&self) -> BlockRef<'c, '_> {
        todo!()
    }
}

impl Drop for Module<'_> {
    fn drop(&mut self) {}
}
