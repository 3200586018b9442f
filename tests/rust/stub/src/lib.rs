//! What generated modules call of melior 0.27, in signatures alone: whoever calls anything else fails to compile.
//!
//! Written by hand for the tests; nothing here does anything.

use std::fmt::{self, Debug, Display, Formatter};
use std::marker::PhantomData;

pub mod dialect;
pub mod ir;
pub mod utility;

#[cfg(test)]
mod test;

#[derive(Debug, Default)]
pub struct Context(());

impl Context {
    pub fn new() -> Self {
        todo!()
    }

    pub fn append_dialect_registry(&self, _: &dialect::DialectRegistry) {}

    pub fn load_all_available_dialects(&self) {}

    pub fn set_allow_unregistered_dialects(&self, _: bool) {}

    pub fn attach_diagnostic_handler<F: FnMut(diagnostic::Diagnostic) -> bool>(&self, _: F) {}
}

pub mod diagnostic {
    use super::*;

    pub struct Diagnostic<'c>(PhantomData<&'c Context>);

    impl Display for Diagnostic<'_> {
        fn fmt(&self, _: &mut Formatter) -> fmt::Result {
            todo!()
        }
    }
}

#[derive(Debug, Eq, PartialEq)]
pub enum Error {
    OperationBuild,
}

impl Display for Error {
    fn fmt(&self, _: &mut Formatter) -> fmt::Result {
        todo!()
    }
}

impl std::error::Error for Error {}

pub struct StringRef<'a>(PhantomData<&'a str>);

impl<'a> StringRef<'a> {
    pub fn as_str(&self) -> Result<&'a str, std::str::Utf8Error> {
        todo!()
    }
}
