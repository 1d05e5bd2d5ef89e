//! What the tabs of this browser tell each other of the sign-in.
//!
//! A message never leaves the browser and is kept nowhere: only pages of this origin that are open hear it.

use super::tokens::Tokens;
use crate::browser::broadcast::Channel;
use crate::browser::json;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The channel.
pub const CHANNEL: &str = "gnc-session";

/// What is said on [`CHANNEL`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Message {
    /// The person has signed out.
    SignedOut,
    /// A new tab asks whether somebody is signed in.
    Wanted,
    /// Somebody is, with these tokens. Said in answer, after signing in, and after renewing them, so that
    /// all tabs of one person use the same tokens and only one of them renews.
    SignedIn {
        /// Who, as our server said.
        user_id: Uuid,
        /// The tokens that are good now.
        tokens: Tokens,
    },
}

/// Opens the channel. What is no message, such as that of a later version of this page, is passed over.
pub fn open(heard: impl Fn(Message) + 'static) -> Channel {
    Channel::open(CHANNEL, move |text| {
        if let Some(message) = json::read(&text) {
            heard(message);
        }
    })
}

/// Tells the other tabs.
pub fn tell(channel: &Channel, message: &Message) {
    // These types always can be written.
    if let Some(text) = json::write(message) {
        channel.send(&text);
    }
}
