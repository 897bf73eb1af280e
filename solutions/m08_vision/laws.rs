//! The exercise turned round: here you write the law.
