//! Messages between the tabs of this browser about the sign-in.
//!
//! A message never leaves the browser and is never stored. Only open pages of this origin get it.

use super::tokens::Tokens;
use crate::browser::broadcast::Channel;
use crate::browser::json;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub const CHANNEL: &str = "gnc-session";

#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Message {
    SignedOut,
    /// A new tab asks for a session to join.
    #[serde(rename = "Wanted")]
    SessionRequest,
    /// The session of a tab: the reply to a request, and sent after signing in and after renewing
    /// the tokens. All tabs of a person use the same tokens, and only one of them renews.
    SignedIn {
        user_id: Uuid,
        tokens: Tokens,
    },
}

/// Opens the channel. Unknown messages, such as those of a later version of this page, are ignored.
pub fn open(on_message: impl Fn(Message) + 'static) -> Channel {
    Channel::open(CHANNEL, move |text| {
        if let Some(message) = json::read(&text) {
            on_message(message);
        }
    })
}

pub fn send(channel: &Channel, message: &Message) {
    // These types can always be written as JSON.
    if let Some(text) = json::write(message) {
        channel.send(&text);
    }
}
