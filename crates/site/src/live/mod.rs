//! The live page: what a learner works on, judged at each save, in a browser on the same machine.
//!
//! One thread, the desk, owns the course: it watches the files, judges, and publishes what there is to see. The web server
//! only shows that, and passes on two wishes: judge again, and the next hint. It listens on the loopback address, answers
//! under a secret path only, and to no other host's name.

mod desk;
mod guard;
mod html;
mod pictures;
mod routes;
mod view;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};

use engine::course::Course;

/// A page that is ready to be served.
#[derive(Debug)]
pub struct Page {
    listener: std::net::TcpListener,
    address: SocketAddr,
    secret: String,
}

impl Page {
    /// Takes a port on the loopback address; 0 takes any free one.
    ///
    /// # Errors
    ///
    /// What the system says if the port is taken.
    pub fn at(port: u16) -> io::Result<Self> {
        let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).map_err(io::Error::other)?;
        let secret = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Self { listener, address, secret })
    }

    /// Where it is to be seen. Who knows the address sees it.
    #[must_use]
    pub fn address(&self) -> String {
        format!("http://{}/{}/", self.address, self.secret)
    }

    /// Serves the page of this course until the process ends. Where it `follows`, another program judges at each save.
    ///
    /// # Errors
    ///
    /// What the system says if the socket cannot be used.
    pub fn serve(self, course: Course, follows: bool) -> io::Result<()> {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        let root = course.workspace.root().to_owned();
        let (desk, asks) = desk::open(course, follows);
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(self.listener)?;
            let routes = routes::all(desk, asks, root);
            axum::serve(listener, guard::guarded(routes, &self.secret, self.address.port())).await
        })
    }
}
