use std::fmt::Debug;
use std::hint::black_box;
use std::panic::{self, AssertUnwindSafe};

use kit::Generator;
use programs::ProgramError;
use programs::output::Output;

use crate::difference::{Answered, agree, in_text, place_of_difference, without_layout};
use crate::numbers::Numbers;
use crate::stopwatch::{Lap, in_words, seconds_a_call, time};

/// Random inputs of a given size.
type Draw<I> = fn(&mut Generator, usize) -> I;
/// An answer for comparison.
type Answer<I> = Box<dyn Fn(&I) -> Answered>;
/// The stopwatch's lap over one prepared input.
type Prepare<I> = Box<dyn for<'a> Fn(&'a I) -> Lap<'a>>;

/// One kata, answered by several on the same inputs. The first contender is the learner, the second the reference; with
/// the feature `solutions` the learner stays out of it.
pub struct Contest<I> {
    id: &'static str,
    draw: Draw<I>,
    sizes: &'static [usize],
    contenders: Vec<Contender<I>>,
}

struct Contender<I> {
    name: &'static str,
    answer: Answer<I>,
    prepare: Prepare<I>,
}

/// What [`crate::main`] does with a contest.
pub trait Run {
    /// The kata's id.
    fn id(&self) -> &'static str;
    /// Prints the comparison; whether all agreed.
    fn run(&self, output: &mut Output) -> Result<bool, ProgramError>;
    /// Seconds a call for each contender on an input of this size; why not, where there is nothing to time.
    fn times(&self, size: usize) -> Result<Vec<(&'static str, f64)>, String>;
}

impl<I: Debug + 'static> Contest<I> {
    /// A contest over these inputs; `sizes` are the ones to be timed.
    pub fn new(id: &'static str, sizes: &'static [usize], draw: Draw<I>) -> Self {
        Self { id, draw, sizes, contenders: Vec::new() }
    }

    /// The learner's function and the reference.
    pub fn between<O: Numbers + 'static>(self, yours: fn(&I) -> O, reference: fn(&I) -> O) -> Self {
        let learner = !cfg!(feature = "solutions");
        let all = if learner { self.contender("you", |_| (), move |input, ()| yours(input)) } else { self };
        all.contender("reference", |_| (), move |input, ()| reference(input))
    }

    /// The specimen named `tuned`: what the reference would be if it were written for speed.
    pub fn tuned<O: Numbers + 'static>(self, tuned: fn(&I) -> O) -> Self {
        self.contender("tuned", |_| (), move |input, ()| tuned(input))
    }

    /// A library, with the input brought into its own form before the clock runs.
    pub fn library<P: 'static, O: Numbers + 'static>(
        self,
        name: &'static str,
        form: fn(&I) -> P,
        answer: fn(&P) -> O,
    ) -> Self {
        self.contender(name, form, move |_, prepared| answer(prepared))
    }

    /// Ready for the list.
    pub fn boxed(self) -> Box<dyn Run> {
        Box::new(self)
    }

    fn contender<P: 'static, O: Numbers + 'static>(
        mut self,
        name: &'static str,
        form: fn(&I) -> P,
        answer: impl Fn(&I, &P) -> O + Copy + 'static,
    ) -> Self {
        self.contenders.push(Contender {
            name,
            answer: Box::new(move |input| answer(input, &form(input)).numbers()),
            prepare: Box::new(move |input| {
                let prepared = form(input);
                Box::new(move |calls| {
                    time(calls, || {
                        black_box(answer(black_box(input), black_box(&prepared)));
                    })
                })
            }),
        });
        self
    }

    /// The first input on which two contenders differ, small ones first.
    fn first_difference(&self) -> Option<String> {
        let mut generator = Generator::from_seed(1);
        for round in 0..400 {
            let input = (self.draw)(&mut generator, 1 + round / 40);
            let answers: Vec<_> = self.contenders.iter().map(|c| answer(&c.answer, &input)).collect();
            let Some(other) = (1..answers.len()).find(|&k| !agree(&answers[0], &answers[k])) else {
                continue;
            };
            let shown = |k: usize| format!("\n  {:10} {}", self.contenders[k].name, in_text(&answers[k]));
            let place = place_of_difference(&answers[0], &answers[other]);
            let with = without_layout(&format!("{input:?}"));
            return Some(format!("  with       {with}{}{}{place}", shown(0), shown(other)));
        }
        None
    }

    /// Seconds a call for each contender on an input of this size.
    fn seconds(&self, size: usize) -> Vec<f64> {
        let input = (self.draw)(&mut Generator::from_seed(2), size);
        let laps: Vec<_> = self.contenders.iter().map(|c| (c.prepare)(&input)).collect();
        seconds_a_call(&laps)
    }

    fn is_unwritten(&self) -> bool {
        let input = (self.draw)(&mut Generator::from_seed(1), 1);
        let answer = answer(&self.contenders[0].answer, &input);
        answer.is_err_and(|words| words.contains("not yet implemented"))
    }

    fn print_times(&self, output: &mut Output) -> Result<(), ProgramError> {
        let names: Vec<_> = self.contenders.iter().map(|c| format!("{:>12}", c.name)).collect();
        let ratio = match &self.contenders[..] {
            [first, second, ..] => format!("   {} ÷ {}", first.name, second.name),
            _ => String::new(),
        };
        output.print(&format!("  {:>8} {}{ratio}\n", "size", names.concat()))?;
        for &size in self.sizes {
            let times = self.seconds(size);
            let shown: Vec<_> = times.iter().map(|&t| format!("{:>12}", in_words(t))).collect();
            let ratio = times.get(1).map(|other| format!("   {:.2}", times[0] / other)).unwrap_or_default();
            output.print(&format!("  {size:>8} {}{ratio}\n", shown.concat()))?;
            if output.is_closed() {
                break;
            }
        }
        Ok(())
    }
}

impl<I: Debug + 'static> Run for Contest<I> {
    fn id(&self) -> &'static str {
        self.id
    }

    fn run(&self, output: &mut Output) -> Result<bool, ProgramError> {
        output.print(&format!("{}\n", self.id))?;
        if self.is_unwritten() {
            output.print("  not written yet\n\n")?;
            return Ok(false);
        }
        if let Some(difference) = self.first_difference() {
            output.print(&format!("  they differ, so there is nothing to time:\n{difference}\n\n"))?;
            return Ok(false);
        }
        output.print(match self.contenders.len() {
            1 => "  no library has this: the reference by itself\n",
            _ => "  all agree on 400 random inputs\n",
        })?;
        self.print_times(output)?;
        output.print("\n")?;
        Ok(true)
    }

    fn times(&self, size: usize) -> Result<Vec<(&'static str, f64)>, String> {
        if self.is_unwritten() {
            return Err(format!("{} is not written yet", self.id));
        }
        if let Some(difference) = self.first_difference() {
            return Err(format!("the answers differ, so there is nothing to time:\n{difference}"));
        }
        let names = self.contenders.iter().map(|contender| contender.name);
        Ok(names.zip(self.seconds(size)).collect())
    }
}

fn answer<I>(answer: &Answer<I>, input: &I) -> Answered {
    let silent = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    let outcome = panic::catch_unwind(AssertUnwindSafe(|| answer(input)));
    panic::set_hook(silent);
    outcome.unwrap_or_else(|panic| {
        let words = panic.downcast_ref::<&str>().map(ToString::to_string);
        let words = words.or_else(|| panic.downcast_ref::<String>().cloned());
        Err(format!("a panic: {}", words.unwrap_or_default()))
    })
}
