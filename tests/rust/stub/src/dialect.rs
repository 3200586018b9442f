pub mod func;

#[derive(Debug, Default)]
pub struct DialectRegistry(());

impl DialectRegistry {
    pub fn new() -> Self {
        todo!()
    }
}
