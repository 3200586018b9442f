pub fn register_all_dialects(_: &crate::dialect::DialectRegistry) {}
