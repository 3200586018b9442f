use super::*;

#[derive(Debug, PartialEq, Eq)]
pub struct Operation<'c>(PhantomData<&'c Context>);

impl Drop for Operation<'_> {
    fn drop(&mut self) {}
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OperationRef<'c, 'a>(PhantomData<&'a Operation<'c>>);

impl<'c, 'a> OperationRef<'c, 'a> {
    pub fn result(self, _: usize) -> Result<OperationResult<'c, 'a>, Error> {
        todo!()
    }
}

shown!(OperationRef<'_, '_>);

#[derive(Clone, Copy, Debug)]
pub struct OperationResult<'c, 'a>(Value<'c, 'a>);

impl<'c> ValueLike<'c> for OperationResult<'c, '_> {}

impl<'c, 'a> From<OperationResult<'c, 'a>> for Value<'c, 'a> {
    fn from(_: OperationResult<'c, 'a>) -> Self {
        todo!()
    }
}

pub trait OperationLike<'c: 'a, 'a>: Display + 'a {
    fn name(&self) -> Identifier<'c> {
        todo!()
    }

    fn operand_count(&self) -> usize {
        todo!()
    }

    fn operand(&self, _: usize) -> Result<Value<'c, 'a>, Error> {
        todo!()
    }

    fn operands(&self) -> impl Iterator<Item = Value<'c, 'a>> {
        std::iter::empty()
    }

    fn result_count(&self) -> usize {
        todo!()
    }

    fn results(&self) -> impl Iterator<Item = OperationResult<'c, 'a>> {
        std::iter::empty()
    }

    fn region_count(&self) -> usize {
        todo!()
    }

    fn region(&self, _: usize) -> Result<RegionRef<'c, 'a>, Error> {
        todo!()
    }

    fn successor_count(&self) -> usize {
        todo!()
    }

    fn successor(&self, _: usize) -> Result<BlockRef<'c, 'a>, Error> {
        todo!()
    }

    fn attribute(&self, _: &str) -> Result<Attribute<'c>, Error> {
        todo!()
    }

    fn has_attribute(&self, _: &str) -> bool {
        todo!()
    }

    fn verify(&self) -> bool {
        todo!()
    }

    fn to_string_with_flags(&self, _: OperationPrintingFlags) -> Result<String, Error> {
        todo!()
    }
}

impl<'c: 'a, 'a> OperationLike<'c, 'a> for OperationRef<'c, 'a> {}

#[derive(Debug)]
pub struct OperationPrintingFlags(());

impl OperationPrintingFlags {
    #[allow(clippy::new_without_default)]
    pub fn new() -> Self {
        todo!()
    }

    pub fn print_generic_operation_form(self) -> Self {
        todo!()
    }

    pub fn use_local_scope(self) -> Self {
        todo!()
    }
}

pub struct OperationBuilder<'c>(PhantomData<&'c Context>);

impl<'c> OperationBuilder<'c> {
    pub fn new(_: &str, _: Location<'c>) -> Self {
        todo!()
    }

    pub fn add_results(self, _: &[Type<'c>]) -> Self {
        todo!()
    }

    pub fn add_operands(self, _: &[Value<'c, '_>]) -> Self {
        todo!()
    }

    pub fn add_regions<const N: usize>(self, _: [Region<'c>; N]) -> Self {
        todo!()
    }

    pub fn add_regions_vec(self, _: Vec<Region<'c>>) -> Self {
        todo!()
    }

    pub fn add_successors(self, _: &[&Block<'c>]) -> Self {
        todo!()
    }

    pub fn add_attributes(self, _: &[(Identifier<'c>, Attribute<'c>)]) -> Self {
        todo!()
    }

    pub fn build(self) -> Result<Operation<'c>, Error> {
        todo!()
    }
}
