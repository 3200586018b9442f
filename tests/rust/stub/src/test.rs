pub fn create_test_context() -> crate::Context {
    todo!()
}
