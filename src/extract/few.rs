//! Lists that mostly hold one thing.

use std::ops::Deref;

/// Things in order: where there is one, which is so of most lists, it takes no memory of its own.
#[derive(Debug, Clone, Default)]
pub enum Few<T> {
    #[default]
    None,
    One(T),
    Several(Vec<T>),
}

impl<T> Few<T> {
    /// Adds one more.
    pub fn push(&mut self, item: T) {
        *self = match std::mem::take(self) {
            Self::None => Self::One(item),
            Self::One(first) => Self::Several(vec![first, item]),
            Self::Several(mut items) => {
                items.push(item);
                Self::Several(items)
            }
        }
    }

    /// All of them.
    pub fn as_slice(&self) -> &[T] {
        self
    }
}

impl<T> Deref for Few<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match self {
            Self::None => &[],
            Self::One(item) => std::slice::from_ref(item),
            Self::Several(items) => items,
        }
    }
}

impl<T> FromIterator<T> for Few<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut few = Self::None;
        items.into_iter().for_each(|item| few.push(item));
        few
    }
}

impl<T> From<Few<T>> for Box<[T]> {
    fn from(few: Few<T>) -> Self {
        match few {
            Few::None => [].into(),
            Few::One(item) => [item].into(),
            Few::Several(items) => items.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_are_kept_in_order() {
        for count in 0..4 {
            let few: Few<usize> = (0..count).collect();
            assert!(few.iter().copied().eq(0..count));
            assert!(Box::<[usize]>::from(few).iter().copied().eq(0..count));
        }
    }
}
