//! The `gn-collections` command as operators run it.

use crate::harness::command;

#[test]
fn a_start_that_fails_says_in_one_line_what_to_set() {
    let output = command().arg("serve").output().expect("it ran");
    assert!(!output.status.success());
    let said = String::from_utf8(output.stderr).expect("text");
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(
        said.contains("GNC_PUBLIC_URL: it is not set; set it to"),
        "{said}"
    );
}

#[test]
fn help_documents_every_setting() {
    let output = command()
        .args(["serve", "--help"])
        .output()
        .expect("it ran");
    let help = String::from_utf8(output.stdout).expect("text");
    let sample = include_str!("../../../.env.sample");
    let names = sample
        .lines()
        .filter_map(|line| line.trim_start_matches('#').split_once('='))
        .map(|(name, _)| name);
    let names: Vec<&str> = names.filter(|name| name.starts_with("GNC_")).collect();
    assert!(names.len() > 15);
    for name in names {
        assert!(
            help.contains(&format!("[env: {name}")),
            "{name} is in .env.sample but not in --help"
        );
    }
}
