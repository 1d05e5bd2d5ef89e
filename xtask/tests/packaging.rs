//! The systemd unit confines the server.

use std::fs;
use std::path::Path;
use std::process::Command;

/// The most that `systemd-analyze security` may find exposed, in tenths: it states 1.2 of 10.
const MAX_EXPOSURE: &str = "15";

fn unit() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../packaging/gn-collections.service")
}

#[test]
fn unit_limits_resources_and_hides_the_machine() {
    let text = fs::read_to_string(unit()).expect("a unit");
    for setting in [
        "DynamicUser=yes",
        "NoNewPrivileges=yes",
        "CapabilityBoundingSet=",
        "MemoryMax=1G",
        "TasksMax=256",
        "LimitNOFILE=65536",
        "ProtectProc=invisible",
        "ProtectClock=yes",
        "ProtectKernelLogs=yes",
        "PrivateUsers=yes",
        "SystemCallFilter=@system-service",
        "SystemCallArchitectures=native",
    ] {
        assert!(text.lines().any(|line| line == setting), "{setting}");
    }
    let refused = text
        .lines()
        .find_map(|line| line.strip_prefix("SystemCallFilter=~"))
        .expect("refused system calls");
    for group in ["@privileged", "@resources", "@setuid", "@keyring", "ptrace"] {
        assert!(refused.split(' ').any(|one| one == group), "{group}");
    }
}

/// The verdict of systemd itself, where it is installed.
#[test]
fn exposure_is_low() {
    let mut analyze = Command::new("systemd-analyze");
    analyze.args(["security", "--offline=true", "--no-pager"]);
    analyze.arg(format!("--threshold={MAX_EXPOSURE}"));
    let Ok(output) = analyze.arg(unit()).output() else {
        return;
    };
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{text}");
}
