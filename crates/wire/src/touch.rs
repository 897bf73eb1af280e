//! Where a value may be touched while it is read: by a mutant, and by nothing else.

use crate::value::Reader;

#[cfg(not(feature = "mutants"))]
impl Reader<'_> {
    /// Whether values are touched.
    pub(crate) fn touches(&self) -> bool {
        false
    }

    pub(crate) fn number(&mut self, number: f64) -> f64 {
        number
    }

    pub(crate) fn whole(&mut self, whole: usize) -> usize {
        whole
    }

    pub(crate) fn truth(&mut self, truth: bool) -> bool {
        truth
    }

    /// Touches a number that is no measure, such as a byte of an image.
    pub(crate) fn touch(&mut self, _number: &mut [u8]) {}

    /// Reads the value at this index of so many.
    pub(crate) fn at<T>(&mut self, _index: usize, _of: usize, read: impl FnOnce(&mut Self) -> T) -> T {
        read(self)
    }

    /// Reads what is no answer but the reason why there is none.
    pub(crate) fn untouched<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        read(self)
    }
}

#[cfg(feature = "mutants")]
impl Reader<'_> {
    /// Whether values are touched.
    pub(crate) fn touches(&self) -> bool {
        self.hand.is_some()
    }

    pub(crate) fn number(&mut self, number: f64) -> f64 {
        self.hand.as_mut().map_or(number, |hand| hand.number(number))
    }

    pub(crate) fn whole(&mut self, whole: usize) -> usize {
        self.hand.as_mut().map_or(whole, |hand| hand.whole(whole))
    }

    pub(crate) fn truth(&mut self, truth: bool) -> bool {
        self.hand.as_mut().map_or(truth, |hand| hand.truth(truth))
    }

    /// Touches a number that is no measure, such as a byte of an image.
    pub(crate) fn touch(&mut self, number: &mut [u8]) {
        if let Some(hand) = &mut self.hand {
            hand.touch(number);
        }
    }

    /// Reads the value at this index of so many.
    pub(crate) fn at<T>(&mut self, index: usize, of: usize, read: impl FnOnce(&mut Self) -> T) -> T {
        if let Some(hand) = &mut self.hand {
            hand.enter(index, of);
        }
        let value = read(self);
        if let Some(hand) = &mut self.hand {
            hand.leave();
        }
        value
    }

    /// Reads what is no answer but the reason why there is none.
    pub(crate) fn untouched<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        if let Some(hand) = self.hand.as_mut().filter(|hand| hand.is_about_reasons()) {
            hand.enter_reason();
            let value = read(self);
            if let Some(hand) = &mut self.hand {
                hand.leave_reason();
            }
            return value;
        }
        let hand = self.hand.take();
        let value = read(self);
        self.hand = hand;
        value
    }
}
