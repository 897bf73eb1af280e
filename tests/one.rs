//! The laws of a single kata, so that an edit is judged without compiling all the others: `cargo kata` writes down
//! which modules it takes and names that file in `KATAS_ONE`.
#![allow(dead_code, unused_imports, reason = "what the kata's neighbors share with it stands idle here")]

include!(env!("KATAS_ONE"));
