//! The memory for answers to a user that have not been sent yet.
//!
//! A few requests of a user run at a time, and the others wait for their permit. A permit lasts
//! until the size of the answer is known and counted, so a user who reads nothing soon gets no more
//! permits.

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use std::collections::HashMap;
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use uuid::Uuid;

/// Requests of one user that run at a time.
const MAX_CONCURRENT: usize = 8;

/// The longest wait for a permit.
const PERMIT_TIMEOUT: Duration = Duration::from_mins(1);

/// Answers up to this size are not counted.
const SMALL_ANSWER: usize = 64 * 1024;

/// Users without requests are dropped from this number of users on.
const CLEANUP: usize = 1_000;

/// The budget of each user.
pub struct AnswerBudget {
    bytes: usize,
    users: Mutex<HashMap<Uuid, Arc<UserAnswers>>>,
}

struct UserAnswers {
    permits: Arc<Semaphore>,
    /// Bytes of answers that are being sent.
    unsent: AtomicUsize,
}

/// The user does not read the answers, or sends too many requests at once.
#[derive(Debug)]
pub struct TooManyAnswers;

/// The permit of a request, once its user is known. The request and the middleware share it.
#[derive(Clone, Default)]
pub struct RequestPermit(Arc<Mutex<Option<HeldPermit>>>);

struct HeldPermit {
    answers: Arc<UserAnswers>,
    _permit: OwnedSemaphorePermit,
}

impl AnswerBudget {
    pub fn new(bytes: usize) -> Self {
        Self {
            bytes,
            users: Mutex::default(),
        }
    }

    /// Waits for a permit of this user.
    pub async fn wait_for_permit(
        &self,
        permit: &RequestPermit,
        user: Uuid,
    ) -> Result<(), TooManyAnswers> {
        let answers = self.answers(user);
        let acquired = Arc::clone(&answers.permits).acquire_owned();
        let acquired = tokio::time::timeout(PERMIT_TIMEOUT, acquired).await;
        let acquired = acquired.ok().and_then(Result::ok).ok_or(TooManyAnswers)?;
        if answers.unsent.load(Ordering::Acquire) >= self.bytes {
            return Err(TooManyAnswers);
        }
        *permit.lock() = Some(HeldPermit {
            answers,
            _permit: acquired,
        });
        Ok(())
    }

    fn answers(&self, user: Uuid) -> Arc<UserAnswers> {
        let mut users = self.users.lock().unwrap_or_else(PoisonError::into_inner);
        if users.len() >= CLEANUP {
            users.retain(|_, answers| Arc::strong_count(answers) > 1);
        }
        let answers = users.entry(user).or_insert_with(|| {
            Arc::new(UserAnswers {
                permits: Arc::new(Semaphore::new(MAX_CONCURRENT)),
                unsent: AtomicUsize::new(0),
            })
        });
        Arc::clone(answers)
    }
}

impl RequestPermit {
    /// Releases the permit. Returns a body that counts against the user's budget until it is sent,
    /// if the user is known and the answer is large.
    pub fn end(&self, answer: &Bytes) -> Option<CountedAnswer> {
        let held = self.lock().take()?;
        let bytes = answer.len();
        if bytes <= SMALL_ANSWER {
            return None;
        }
        held.answers.unsent.fetch_add(bytes, Ordering::AcqRel);
        Some(CountedAnswer {
            rest: answer.clone(),
            bytes,
            answers: held.answers,
        })
    }

    /// Whether the request has a user who waits for an answer.
    pub fn is_held(&self) -> bool {
        self.lock().is_some()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<HeldPermit>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An answer in slices: the connection takes the next one when it has sent the last ones.
pub struct CountedAnswer {
    rest: Bytes,
    bytes: usize,
    answers: Arc<UserAnswers>,
}

impl Drop for CountedAnswer {
    fn drop(&mut self) {
        self.answers.unsent.fetch_sub(self.bytes, Ordering::AcqRel);
    }
}

impl Body for CountedAnswer {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let length = self.rest.len().min(SMALL_ANSWER);
        let slice = self.rest.split_to(length);
        Poll::Ready((!slice.is_empty()).then_some(Ok(Frame::data(slice))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.rest.len() as u64)
    }
}
