use std::collections::HashSet;
use std::rc::Rc;

use crate::reference::m07_deep_learning::autograd::{Node, Value as Reference};
use crate::specimens::specimen::{answering, chaff, wheat};

mod walks;

use walks::{TAPE, every_path, made, recursive, tape, walk};

/// What can be done otherwise: the gradients that an operation records, and the way back.
#[derive(Clone, Copy)]
struct Engine {
    plus: fn(&Reference, &Reference) -> Reference,
    times: fn(&Reference, &Reference) -> Reference,
    tanh: fn(&Reference) -> Reference,
    backward: fn(&Reference),
}

const RIGHT: Engine = Engine {
    plus: Reference::plus,
    times: Reference::times,
    tanh: Reference::tanh,
    backward: Reference::backward,
};

/// The kata, answered by a specimen.
#[derive(Clone)]
pub struct Value(Reference);

impl Value {
    /// As the reference.
    pub fn new(data: f64) -> Self {
        Self(Reference::new(data))
    }

    /// As the reference.
    pub fn data(&self) -> f64 {
        self.0.data()
    }

    /// As the reference.
    pub fn grad(&self) -> f64 {
        self.0.grad()
    }

    /// As the specimen.
    pub fn plus(&self, other: &Self) -> Self {
        Self((engine().plus)(&self.0, &other.0))
    }

    /// As the specimen.
    pub fn times(&self, other: &Self) -> Self {
        Self((engine().times)(&self.0, &other.0))
    }

    /// As the specimen.
    pub fn tanh(&self) -> Self {
        Self((engine().tanh)(&self.0))
    }

    /// As the specimen.
    pub fn backward(&self) {
        (engine().backward)(&self.0);
    }
}

fn engine() -> Engine {
    answering::<Engine>(
        module_path!(),
        RIGHT,
        &[
            wheat(
                "depth_first_recursively",
                "orders the graph with a function that calls itself",
                Engine { backward: |r| walk(r, &recursive(r), true), ..RIGHT },
            ),
            wheat(
                "tanh_by_exponentials",
                "1 − 2/(e²ˣ + 1), derivative 1 − tanh²",
                Engine {
                    tanh: |x| {
                        let t = 1.0 - 2.0 / ((2.0 * x.data()).exp() + 1.0);
                        made(t, vec![(x.clone(), (1.0 - t) * (1.0 + t))])
                    },
                    ..RIGHT
                },
            ),
            chaff(
                "gradient_overwritten",
                "The gradient is assigned (`grad = …`), not accumulated.",
                Engine {
                    backward: |r| {
                        let order = recursive(r);
                        order.iter().for_each(|v| v.0.grad.set(0.0));
                        r.0.grad.set(1.0);
                        for v in order.iter().rev() {
                            v.0.parents.iter().for_each(|(p, slope)| p.0.grad.set(v.grad() * slope));
                        }
                    },
                    ..RIGHT
                },
            ),
            chaff(
                "no_topological_order",
                "Nodes may be visited level by level, each when it is first reached.",
                Engine {
                    backward: |r| {
                        let (mut order, mut seen) = (vec![r.clone()], HashSet::from([Rc::as_ptr(&r.0)]));
                        let mut next = 0;
                        while let Some(v) = order.get(next).cloned() {
                            let new = v.0.parents.iter().filter(|(p, _)| seen.insert(Rc::as_ptr(&p.0)));
                            order.extend(new.map(|(p, _)| p.clone()));
                            next += 1;
                        }
                        order.reverse();
                        walk(r, &order, true);
                    },
                    ..RIGHT
                },
            ),
            chaff(
                "gradients_not_cleared",
                "Gradients accumulate from call to call.",
                Engine { backward: |r| walk(r, &recursive(r), false), ..RIGHT },
            ),
            chaff(
                "every_path",
                "Following every path from the result is fast enough.",
                Engine {
                    backward: |r| {
                        recursive(r).iter().for_each(|v| v.0.grad.set(0.0));
                        every_path(r, 1.0);
                    },
                    ..RIGHT
                },
            ),
            chaff(
                "factors_not_swapped",
                "The derivative of x·y with respect to x is x.",
                Engine {
                    times: |a, b| {
                        made(a.data() * b.data(), vec![(a.clone(), a.data()), (b.clone(), b.data())])
                    },
                    ..RIGHT
                },
            ),
            chaff(
                "derivative_of_tanh_at_the_input",
                "The derivative of tanh x is 1 − x².",
                Engine {
                    tanh: |x| made(x.data().tanh(), vec![(x.clone(), 1.0 - x.data() * x.data())]),
                    ..RIGHT
                },
            ),
            chaff(
                "second_summand_forgotten",
                "A sum passes its gradient to its first operand only.",
                Engine { plus: |a, b| made(a.data() + b.data(), vec![(a.clone(), 1.0)]), ..RIGHT },
            ),
            chaff(
                "zero_gradients_skipped",
                "A node with the gradient 0 can be skipped, even if a derivative is NaN.",
                Engine {
                    backward: |r| {
                        let order = recursive(r);
                        order.iter().for_each(|v| v.0.grad.set(0.0));
                        r.0.grad.set(1.0);
                        for v in order.iter().rev().filter(|v| v.grad() != 0.0) {
                            v.0.parents
                                .iter()
                                .for_each(|(p, slope)| p.0.grad.set(p.grad() + v.grad() * slope));
                        }
                    },
                    ..RIGHT
                },
            ),
            chaff(
                "nan_left_out",
                "A NaN gradient is left out.",
                Engine {
                    backward: |r| {
                        let order = recursive(r);
                        order.iter().for_each(|v| v.0.grad.set(0.0));
                        r.0.grad.set(1.0);
                        for v in order.iter().rev() {
                            v.0.parents
                                .iter()
                                .filter(|(_, s)| !s.is_nan())
                                .for_each(|(p, slope)| p.0.grad.set(p.grad() + v.grad() * slope));
                        }
                    },
                    ..RIGHT
                },
            ),
            chaff(
                "leaves_left_alone",
                "A leaf's own `backward` does nothing.",
                Engine {
                    backward: |r| {
                        if r.0.parents.is_empty() {
                        } else {
                            r.backward()
                        }
                    },
                    ..RIGHT
                },
            ),
            chaff(
                "everything_cleared",
                "All values ever made are reset first, not only those of this graph.",
                Engine {
                    plus: |a, b| tape(a.plus(b)),
                    times: |a, b| tape(a.times(b)),
                    tanh: |a| tape(a.tanh()),
                    backward: |r| {
                        TAPE.with(|t| t.borrow().iter().for_each(|v| v.0.grad.set(0.0)));
                        r.backward();
                    },
                },
            ),
            chaff(
                "tanh_overflows",
                "The formula (eˣ − e⁻ˣ)/(eˣ + e⁻ˣ) works for every x.",
                Engine {
                    tanh: |x| {
                        let (a, b) = (x.data().exp(), (-x.data()).exp());
                        let t = (a - b) / (a + b);
                        made(t, vec![(x.clone(), 1.0 - t * t)])
                    },
                    ..RIGHT
                },
            ),
            wheat(
                "uses_counted",
                "a node's turn comes when as many gradients have come as it has uses",
                Engine {
                    backward: |r| {
                        use std::collections::HashMap;
                        let mut count: HashMap<*const Node, usize> = HashMap::new();
                        let mut stack = vec![r.clone()];
                        let mut seen = HashSet::from([Rc::as_ptr(&r.0)]);
                        while let Some(v) = stack.pop() {
                            v.0.grad.set(0.0);
                            for (p, _) in &v.0.parents {
                                *count.entry(Rc::as_ptr(&p.0)).or_default() += 1;
                                if seen.insert(Rc::as_ptr(&p.0)) {
                                    stack.push(p.clone());
                                }
                            }
                        }
                        r.0.grad.set(1.0);
                        let mut ready = vec![r.clone()];
                        while let Some(v) = ready.pop() {
                            for (p, s) in &v.0.parents {
                                p.0.grad.set(s.mul_add(v.grad(), p.grad()));
                                let c = count.get_mut(&Rc::as_ptr(&p.0)).expect("counted");
                                *c -= 1;
                                if *c == 0 {
                                    ready.push(p.clone());
                                }
                            }
                        }
                    },
                    ..RIGHT
                },
            ),
            wheat(
                "by_height",
                "the highest first, one above all that it was made from",
                Engine {
                    backward: |r| {
                        use std::collections::HashMap;
                        let mut heights: HashMap<*const Node, usize> = HashMap::new();
                        let (mut stack, mut all) = (vec![r.clone()], Vec::new());
                        while let Some(v) = stack.pop() {
                            let key = Rc::as_ptr(&v.0);
                            if heights.contains_key(&key) {
                                continue;
                            }
                            let below =
                                v.0.parents.iter().map(|(p, _)| heights.get(&Rc::as_ptr(&p.0)).copied());
                            match below.collect::<Option<Vec<usize>>>() {
                                Some(below) => {
                                    let height = below.into_iter().max().map_or(0, |most| most + 1);
                                    heights.insert(key, height);
                                    v.0.grad.set(if key == Rc::as_ptr(&r.0) { 1.0 } else { 0.0 });
                                    all.push((height, v));
                                }
                                None => {
                                    stack.push(v.clone());
                                    stack.extend(v.0.parents.iter().map(|(p, _)| p.clone()));
                                }
                            }
                        }
                        all.sort_by_key(|(height, _)| std::cmp::Reverse(*height));
                        for (_, v) in &all {
                            v.0.parents
                                .iter()
                                .for_each(|(p, s)| p.0.grad.set(v.grad().mul_add(*s, p.grad())));
                        }
                    },
                    ..RIGHT
                },
            ),
            chaff(
                "infinity_clipped",
                "An infinite product is an overflow: the largest finite number takes its place.",
                Engine {
                    times: |a, b| {
                        let product = a.times(b);
                        if product.data().is_infinite() {
                            made(f64::MAX.copysign(product.data()), product.0.parents.clone())
                        } else {
                            product
                        }
                    },
                    ..RIGHT
                },
            ),
        ],
    )
}
