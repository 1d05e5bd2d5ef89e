//! At most five attempts an hour for each user, and on each address.

use super::{OLD_EMAIL, OLD_PASSWORD, accepting, claim, mover, person};
use crate::harness::{ApiResponse, Person, Redis, Setup, people};
use futures_util::future::join_all;
use server::clock::MonotonicClock;

fn assert_too_many(answer: &ApiResponse) -> u64 {
    assert_eq!(
        (answer.problem(), answer.status.as_u16()),
        ("too-many-attempts", 429)
    );
    let seconds = answer.body["retry_after"].as_u64().expect("seconds");
    assert_eq!(answer.header("retry-after"), seconds.to_string());
    assert!((1..=3600).contains(&seconds), "{seconds}");
    seconds
}

fn verified() -> Vec<Person> {
    people()
        .into_iter()
        .filter(|person| person.email_verified)
        .collect()
}

/// Makes the recorded attempts of this user older.
async fn age_attempts(redis: &Redis, person: &Person, seconds: u64) {
    let script = "local aged = string.gsub(redis.call('GET', KEYS[1]), '%d+', \
        function(at) return string.format('%d', at - ARGV[1]) end) redis.call('SET', KEYS[1], aged, 'KEEPTTL')";
    let mut age = redis::cmd("EVAL");
    age.arg(script)
        .arg(1)
        .arg(format!("gnc:claim-attempts:{}", person.user_id));
    age.arg(seconds);
    let () = age
        .query_async(&mut redis.connect().await)
        .await
        .expect("aged");
}

#[tokio::test]
async fn sixth_attempt_of_a_user_is_refused_also_with_the_right_password() {
    let setup = accepting().await;
    let person = mover();
    for number in 0..4 {
        let email = format!("nobody{number}@example.org");
        assert_eq!(
            claim(&setup, &person, &email, "x").await.problem(),
            "claim-refused"
        );
    }
    // The oldest four leave the hour first.
    age_attempts(&setup.redis, &person, 600).await;
    assert_eq!(
        claim(&setup, &person, "nobody@example.org", "x")
            .await
            .problem(),
        "claim-refused"
    );
    let seconds = assert_too_many(&claim(&setup, &person, OLD_EMAIL, OLD_PASSWORD).await);
    assert!((2900..=3000).contains(&seconds), "{seconds}");
    let other = claim(&setup, &super::person("Newcomer"), OLD_EMAIL, OLD_PASSWORD).await;
    assert_eq!(other.status, 201, "others may");

    age_attempts(&setup.redis, &person, 3000).await;
    for _ in 0..4 {
        let answer = claim(&setup, &person, OLD_EMAIL, "x").await;
        assert_eq!(
            answer.problem(),
            "claim-refused",
            "refused attempts do not count"
        );
    }
    assert_too_many(&claim(&setup, &person, OLD_EMAIL, OLD_PASSWORD).await);
}

#[tokio::test]
async fn sixth_attempt_on_an_address_is_refused_whether_or_not_it_exists() {
    let setup = accepting().await;
    let people = verified();
    for (email, spelling) in [
        (OLD_EMAIL, " RESEARCHER70@uthsc.example"),
        ("nobody@example.org", "NOBODY@example.org "),
    ] {
        for person in &people[..5] {
            assert_eq!(
                claim(&setup, person, email, "x").await.problem(),
                "claim-refused"
            );
        }
        assert_too_many(&claim(&setup, &people[5], spelling, OLD_PASSWORD).await);
    }
    let free = claim(&setup, &people[5], "free@example.org", "x").await;
    assert_eq!(
        free.problem(),
        "claim-refused",
        "the refused ones did not count"
    );
}

#[tokio::test]
async fn attempts_at_several_servers_at_once_count_together() {
    let one = accepting().await;
    let url = format!("--redis-url={}", one.redis.url());
    let flags = ["--claim-by-password=on", url.as_str()];
    let clock = MonotonicClock::system();
    let other = Setup::on(Redis::start(), &flags, &people(), &clock).await;
    let person = mover();
    let attempts = (0..16).map(|number| {
        let server = if number % 2 == 0 { &one } else { &other };
        let email = format!("nobody{number}@example.org");
        let person = &person;
        async move {
            loop {
                let answer = claim(server, person, &email, "x").await;
                // Passwords are checked one after the other. Who waits too long comes again.
                if answer.problem() != "rate-limited" {
                    return answer;
                }
            }
        }
    });
    let answers = join_all(attempts).await;
    let count = |slug: &str| answers.iter().filter(|a| a.problem() == slug).count();
    assert_eq!(
        (count("claim-refused"), count("too-many-attempts")),
        (5, 11)
    );
}

#[tokio::test]
async fn attempts_are_forgotten_after_an_hour() {
    let setup = accepting().await;
    let person = person("Newcomer");
    assert_eq!(
        claim(&setup, &person, OLD_EMAIL, "x").await.problem(),
        "claim-refused"
    );
    let mut ttl = redis::cmd("TTL");
    ttl.arg(format!("gnc:claim-attempts:{}", person.user_id));
    let left: i64 = ttl
        .query_async(&mut setup.redis.connect().await)
        .await
        .expect("a TTL");
    assert!((3500..=3600).contains(&left), "{left}");
}
