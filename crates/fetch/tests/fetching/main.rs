//! Fetching, from real sockets and folders.
#![cfg(feature = "http")]

mod command;
mod deliver;
mod layouts;
mod server;
