//! What generated modules call of mlir-sys 220, in signatures alone.

#![allow(non_snake_case)]

#[derive(Clone, Copy, Debug)]
pub struct MlirAttribute(());

/// # Safety
///
/// The attribute has to be an array.
pub unsafe fn mlirArrayAttrGetNumElements(_: MlirAttribute) -> isize {
    todo!()
}

/// # Safety
///
/// The attribute has to be an array.
pub unsafe fn mlirArrayAttrGetElement(_: MlirAttribute, _: isize) -> MlirAttribute {
    todo!()
}
