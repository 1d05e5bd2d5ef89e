//! The memory for large bodies of requests, from the first byte until the request is answered.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// The largest body that is not counted, in bytes; also the limit of requests that are always
/// small.
pub const SMALL_BODY: usize = 16 * 1024;

/// Large bodies of one address at a time.
const LARGE_BODIES_PER_ADDRESS: usize = 2;

/// Bytes per permit of the semaphore.
const PERMIT: usize = 1024;

/// Memory that all large bodies share.
pub struct BodyBudget {
    kilobytes: Arc<Semaphore>,
    addresses: Arc<Mutex<HashMap<IpAddr, usize>>>,
}

/// There are too many large bodies at once.
#[derive(Debug)]
pub struct TooManyLargeBodies;

/// The part of the budget that one body takes. It grows with the body and is given back at the end.
pub struct BodyShare {
    kilobytes: Arc<Semaphore>,
    permit: Option<OwnedSemaphorePermit>,
    slot: AddressSlot,
}

/// A place for a large body of an address.
struct AddressSlot {
    addresses: Arc<Mutex<HashMap<IpAddr, usize>>>,
    /// `None` if the sender may send as many as it likes.
    address: Option<IpAddr>,
    is_taken: bool,
}

impl BodyBudget {
    pub fn new(bytes: usize) -> Self {
        Self {
            kilobytes: Arc::new(Semaphore::new(bytes / PERMIT)),
            addresses: Arc::default(),
        }
    }

    /// The share of a body of which nothing has arrived yet.
    pub fn share(&self, address: Option<IpAddr>) -> BodyShare {
        BodyShare {
            kilobytes: Arc::clone(&self.kilobytes),
            permit: None,
            slot: AddressSlot {
                addresses: Arc::clone(&self.addresses),
                address,
                is_taken: false,
            },
        }
    }
}

impl BodyShare {
    /// Reserves memory for a body that has this many bytes by now.
    pub fn grow_to(&mut self, bytes: usize) -> Result<(), TooManyLargeBodies> {
        if bytes <= SMALL_BODY {
            return Ok(());
        }
        self.slot.take()?;
        let reserved = self
            .permit
            .as_ref()
            .map_or(0, OwnedSemaphorePermit::num_permits);
        let missing = bytes.div_ceil(PERMIT).saturating_sub(reserved);
        let missing = u32::try_from(missing).map_err(|_| TooManyLargeBodies)?;
        let more = Arc::clone(&self.kilobytes).try_acquire_many_owned(missing);
        let more = more.map_err(|_| TooManyLargeBodies)?;
        match &mut self.permit {
            Some(permit) => permit.merge(more),
            None => self.permit = Some(more),
        }
        Ok(())
    }
}

impl AddressSlot {
    fn take(&mut self) -> Result<(), TooManyLargeBodies> {
        if let (Some(address), false) = (self.address, self.is_taken) {
            let mut addresses = lock(&self.addresses);
            let count = addresses.entry(address).or_default();
            if *count >= LARGE_BODIES_PER_ADDRESS {
                return Err(TooManyLargeBodies);
            }
            *count += 1;
            self.is_taken = true;
        }
        Ok(())
    }
}

impl Drop for AddressSlot {
    fn drop(&mut self) {
        if let (Some(address), true) = (self.address, self.is_taken) {
            let mut addresses = lock(&self.addresses);
            if let Some(count) = addresses.get_mut(&address) {
                *count -= 1;
                if *count == 0 {
                    addresses.remove(&address);
                }
            }
        }
    }
}

/// No code that panics runs under this lock.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MIB: usize = 1024 * 1024;
    const ONE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

    #[test]
    fn an_address_has_two_large_bodies_and_any_number_of_small_ones() {
        let budget = BodyBudget::new(64 * MIB);
        let mut small: Vec<_> = (0..100).map(|_| budget.share(Some(ONE))).collect();
        assert!(
            small
                .iter_mut()
                .all(|share| share.grow_to(SMALL_BODY).is_ok())
        );
        let (mut first, mut second) = (budget.share(Some(ONE)), budget.share(Some(ONE)));
        assert!(first.grow_to(MIB).is_ok() && second.grow_to(MIB).is_ok());
        assert!(small[0].grow_to(SMALL_BODY + 1).is_err());
        assert!(budget.share(None).grow_to(MIB).is_ok(), "somebody else");
        assert!(second.grow_to(2 * MIB).is_ok(), "it has its place");
        drop(first);
        assert!(small[0].grow_to(SMALL_BODY + 1).is_ok());
        drop((second, small));
        assert!(lock(&budget.addresses).is_empty());
    }

    #[test]
    fn all_bodies_share_the_budget() {
        let budget = BodyBudget::new(64 * MIB);
        let mut shares: Vec<_> = (0..5).map(|_| budget.share(None)).collect();
        for share in &mut shares[..4] {
            for bytes in [MIB, 3 * MIB, 16 * MIB] {
                assert!(share.grow_to(bytes).is_ok());
            }
        }
        assert!(shares[4].grow_to(MIB).is_err());
        shares.remove(0);
        assert!(shares[3].grow_to(16 * MIB).is_ok());
    }
}
