//! Other ways back through the values, right and wrong.

use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::rc::Rc;

use crate::reference::m07_deep_learning::autograd::{Node, Value as Reference};

pub(super) fn made(data: f64, parents: Vec<(Reference, f64)>) -> Reference {
    Reference(Rc::new(Node { data, grad: Cell::new(0.0), parents }))
}

/// Parents before what was made from them.
pub(super) fn recursive(result: &Reference) -> Vec<Reference> {
    fn visit(v: &Reference, seen: &mut HashSet<*const Node>, order: &mut Vec<Reference>) {
        if seen.insert(Rc::as_ptr(&v.0)) {
            v.0.parents.iter().for_each(|(p, _)| visit(p, seen, order));
            order.push(v.clone());
        }
    }
    let (mut seen, mut order) = (HashSet::new(), Vec::new());
    visit(result, &mut seen, &mut order);
    order
}

pub(super) fn walk(result: &Reference, order: &[Reference], cleared: bool) {
    if cleared {
        order.iter().for_each(|v| v.0.grad.set(0.0));
    }
    result.0.grad.set(1.0);
    for v in order.iter().rev() {
        v.0.parents.iter().for_each(|(p, slope)| p.0.grad.set(p.grad() + v.grad() * slope));
    }
}

pub(super) fn every_path(v: &Reference, slope: f64) {
    v.0.grad.set(v.grad() + slope);
    v.0.parents.iter().for_each(|(p, along)| every_path(p, slope * along));
}

thread_local! {
    pub(super) static TAPE: RefCell<Vec<Reference>> = const { RefCell::new(Vec::new()) };
}

pub(super) fn tape(v: Reference) -> Reference {
    TAPE.with(|t| {
        let mut t = t.borrow_mut();
        t.push(v.clone());
        for (p, _) in &v.0.parents {
            t.push(p.clone());
        }
    });
    v
}
