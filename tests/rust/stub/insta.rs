//! What generated tests call of insta.

#[macro_export]
macro_rules! assert_snapshot {
    ($value:expr) => {
        let _ = $value.to_string();
    };
}
