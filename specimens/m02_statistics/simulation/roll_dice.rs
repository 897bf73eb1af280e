use std::cell::RefCell;

use kit::Generator;

use crate::reference::m02_statistics::simulation as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type RollDice = fn(usize, &mut Generator) -> Vec<u8>;

thread_local! {
    static OWN: RefCell<Generator> = RefCell::new(Generator::from_seed(1));
}

/// The kata, answered by a specimen.
pub fn roll_dice(rolls: usize, generator: &mut Generator) -> Vec<u8> {
    answering::<RollDice>(
        module_path!(),
        reference::roll_dice,
        &[
            wheat("scaled", "splits [0, 6) into six intervals of equal length", |rolls, generator| {
                (0..rolls).map(|_| 1 + (6.0 * generator.uniform()) as u8).collect()
            }),
            wheat("rejected", "rejection sampling from eight values", |rolls, generator| {
                let mut faces = Vec::with_capacity(rolls);
                while faces.len() < rolls {
                    let face = 1 + generator.below(8) as u8;
                    if face <= 6 {
                        faces.push(face);
                    }
                }
                faces
            }),
            wheat(
                "shuffled",
                "shuffles the six faces for each roll and shows the first",
                |rolls, generator| {
                    let mut roll = || {
                        let mut faces = [1, 2, 3, 4, 5, 6];
                        generator.shuffle(&mut faces);
                        faces[0]
                    };
                    (0..rolls).map(|_| roll()).collect()
                },
            ),
            wheat(
                "digits",
                "takes ten rolls from one uniform number, its digits in base 6",
                |rolls, generator| {
                    let mut faces = Vec::new();
                    while faces.len() < rolls {
                        let mut rest = generator.uniform();
                        for _ in 0..10 {
                            rest *= 6.0;
                            faces.push(1 + rest as u8);
                            rest -= rest.floor();
                        }
                    }
                    faces.truncate(rolls);
                    faces
                },
            ),
            chaff("from_zero", "`below(6)` starts at 1.", |rolls, generator| {
                (0..rolls).map(|_| generator.below(6) as u8).collect()
            }),
            chaff("never_a_six", "The range 1..6 includes 6.", |rolls, generator| {
                (0..rolls).map(|_| 1 + generator.below(5) as u8).collect()
            }),
            chaff("biased_modulo", "The remainder modulo 6 of any range is uniform.", |rolls, generator| {
                (0..rolls).map(|_| 1 + (generator.below(8) % 6) as u8).collect()
            }),
            chaff(
                "rounded",
                "Rounding a uniform number from 1 to 6 gives a uniform face.",
                |rolls, generator| (0..rolls).map(|_| generator.uniform_in(1.0, 6.0).round() as u8).collect(),
            ),
            chaff("two_dice_averaged", "The mean of two dice is uniform.", |rolls, generator| {
                (0..rolls).map(|_| 1 + ((generator.below(6) + generator.below(6)) / 2) as u8).collect()
            }),
            chaff("one_roll_for_all", "One draw is enough for all rolls.", |rolls, generator| {
                vec![1 + generator.below(6) as u8; rolls]
            }),
            chaff("in_turn", "Returning the faces in turn makes them equally likely.", |rolls, generator| {
                let first = generator.below(6);
                (first..first + rolls).map(|i| 1 + (i % 6) as u8).collect()
            }),
            chaff(
                "drawn_without_replacement",
                "Every six consecutive rolls contain all six faces.",
                |rolls, generator| {
                    let mut faces = Vec::new();
                    while faces.len() < rolls {
                        let mut six = [1, 2, 3, 4, 5, 6];
                        generator.shuffle(&mut six);
                        faces.extend(six);
                    }
                    faces.truncate(rolls);
                    faces
                },
            ),
            chaff("every_fourth_copied", "A roll may be used twice.", |rolls, generator| {
                let mut faces = reference::roll_dice(rolls, generator);
                for i in (2..rolls).step_by(4) {
                    faces[i] = faces[i - 2];
                }
                faces
            }),
            chaff("own_seed", "The function may seed a generator of its own.", |rolls, _| {
                reference::roll_dice(rolls, &mut Generator::from_seed(1))
            }),
            chaff(
                "copied_generator",
                "Drawing from a copy of the generator is enough.",
                |rolls, generator| reference::roll_dice(rolls, &mut generator.clone()),
            ),
            chaff("hidden_generator", "The random numbers may come from any source.", |rolls, _| {
                OWN.with_borrow_mut(|own| reference::roll_dice(rolls, own))
            }),
            chaff("one_too_few", "A loop from 1 to n − 1 runs n times.", |rolls, generator| {
                (1..rolls).map(|_| 1 + generator.below(6) as u8).collect()
            }),
            chaff("at_least_one", "There is always at least one roll.", |rolls, generator| {
                reference::roll_dice(rolls.max(1), generator)
            }),
            chaff("always_four", "A constant is as random as any other number.", |rolls, _| vec![4; rolls]),
            chaff(
                "each_its_turn",
                "A face with probability 1/6 comes in exactly a sixth of the rolls.",
                |rolls, generator| {
                    let mut faces: Vec<u8> = (0..rolls).map(|i| 1 + (i % 6) as u8).collect();
                    generator.shuffle(&mut faces);
                    faces
                },
            ),
            chaff(
                "never_four_times",
                "After three equal rolls another face has to come.",
                |rolls, generator| {
                    let mut faces: Vec<u8> = Vec::new();
                    while faces.len() < rolls {
                        let face = 1 + generator.below(6) as u8;
                        if faces.len() < 3 || faces[faces.len() - 3..].iter().any(|last| *last != face) {
                            faces.push(face);
                        }
                    }
                    faces
                },
            ),
            chaff(
                "never_five_times",
                "The same face does not come five times in a row.",
                |rolls, generator| {
                    let mut faces: Vec<u8> = Vec::new();
                    while faces.len() < rolls {
                        let face = 1 + generator.below(6) as u8;
                        if faces.len() < 4 || faces[faces.len() - 4..].iter().any(|last| *last != face) {
                            faces.push(face);
                        }
                    }
                    faces
                },
            ),
        ],
    )(rolls, generator)
}
