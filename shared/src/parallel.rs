//! Work on many things at once, where there are threads.

#[cfg(not(target_family = "wasm"))]
use std::sync::LazyLock;

/// Bytes from which on it pays to start threads.
#[cfg(not(target_family = "wasm"))]
const LARGE: usize = 1024 * 1024;

/// Threads at most: others want to be served meanwhile.
#[cfg(not(target_family = "wasm"))]
const THREADS: usize = 4;

/// To find out takes longer than to read an ordinary list: it is looked up in files of the system.
#[cfg(not(target_family = "wasm"))]
static PROCESSORS: LazyLock<usize> =
    LazyLock::new(|| std::thread::available_parallelism().map_or(1, usize::from));

/// What `work` makes of each item, in the same order; the items have so many bytes altogether. `work` is given the item's
/// place as well.
#[cfg(not(target_family = "wasm"))]
pub(crate) fn map<T: Sync, R: Send>(
    items: &[T],
    bytes: usize,
    work: impl Fn(usize, &T) -> R + Sync,
) -> Vec<R> {
    if bytes < LARGE {
        return serial(items, 0, &work);
    }
    let threads = (*PROCESSORS).min(THREADS);
    if threads < 2 || items.len() < threads {
        return serial(items, 0, &work);
    }
    let length = items.len().div_ceil(threads);
    let work = &work;
    std::thread::scope(|scope| {
        let mut parts = items.chunks(length).enumerate();
        let first = parts.next();
        let others: Vec<_> = parts
            .map(|(part, items)| scope.spawn(move || serial(items, part * length, work)))
            .collect();
        let mut all = Vec::with_capacity(items.len());
        if let Some((_, items)) = first {
            all.extend(serial(items, 0, work));
        }
        for other in others {
            match other.join() {
                Ok(part) => all.extend(part),
                Err(panicked) => std::panic::resume_unwind(panicked),
            }
        }
        all
    })
}

/// What `work` makes of each item: a browser has one thread.
#[cfg(target_family = "wasm")]
pub(crate) fn map<T, R>(items: &[T], _bytes: usize, work: impl Fn(usize, &T) -> R) -> Vec<R> {
    serial(items, 0, &work)
}

fn serial<T, R>(items: &[T], first: usize, work: &impl Fn(usize, &T) -> R) -> Vec<R> {
    let items = items.iter().enumerate();
    items
        .map(|(place, item)| work(first + place, item))
        .collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_order_stays_whoever_does_the_work() {
        let items: Vec<usize> = (0..1_001).collect();
        for bytes in [0, usize::MAX] {
            let done = super::map(&items, bytes, |place, item| (place, item * 2));
            assert!(
                done.iter()
                    .enumerate()
                    .all(|(place, done)| *done == (place, place * 2))
            );
            assert_eq!(done.len(), items.len());
        }
    }
}
