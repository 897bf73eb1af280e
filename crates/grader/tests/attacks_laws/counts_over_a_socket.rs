//! Counts its laws with a process that outlives each worker, and says the same in all of a law.
//! state: broken
//! enforced: the file

pub fn accepts_dot_product(_candidate: &DotProduct<'_>) -> bool {
    static LAW: std::sync::OnceLock<usize> = std::sync::OnceLock::new();
    *LAW.get_or_init(number_of_the_law) % 2 == 0
}

fn number_of_the_law() -> usize {
    use std::io::{Read, Write};
    use std::os::linux::net::SocketAddrExt;
    use std::os::unix::net::{SocketAddr, UnixListener, UnixStream};
    unsafe extern "C" {
        fn fork() -> i32;
        fn setsid() -> i32;
    }
    let name = SocketAddr::from_abstract_name("laws").unwrap();
    if let Ok(listener) = UnixListener::bind_addr(&name) {
        if unsafe { fork() } == 0 {
            unsafe { setsid() };
            for (count, client) in listener.incoming().enumerate() {
                let _ = client.and_then(|mut it| it.write_all(&[count as u8]));
            }
        }
    }
    let mut count = [0];
    let _ = UnixStream::connect_addr(&name).and_then(|mut it| it.read_exact(&mut count));
    usize::from(count[0])
}
