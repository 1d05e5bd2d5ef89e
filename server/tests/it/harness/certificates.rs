//! A certificate for a server on this machine, and the authority that signed it.

use std::path::PathBuf;
use std::process::Command;
use tempfile::TempDir;

pub(crate) struct Certificates(TempDir);

impl Certificates {
    /// Creates certificates with `openssl`.
    pub(crate) fn generate() -> Self {
        let made = Self(tempfile::tempdir().expect("a folder"));
        std::fs::write(made.path("san"), "subjectAltName=IP:127.0.0.1").expect("written");
        let key = [
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
        ];
        let authority = ["req", "-x509", "-days", "2", "-subj", "/CN=authority"];
        let files = ["-keyout", "ca.key", "-out", "ca.pem"];
        made.openssl(&[&authority[..], &key, &files].concat());
        let request = ["req", "-new", "-subj", "/CN=redis"];
        let files = ["-keyout", "redis.key", "-out", "redis.request"];
        made.openssl(&[&request[..], &key, &files].concat());
        made.openssl(&[
            "x509",
            "-req",
            "-in",
            "redis.request",
            "-CA",
            "ca.pem",
            "-CAkey",
            "ca.key",
            "-CAcreateserial",
            "-days",
            "2",
            "-extfile",
            "san",
            "-out",
            "redis.pem",
        ]);
        made
    }

    /// The path of `ca.pem`, `redis.pem` or `redis.key`.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn openssl(&self, arguments: &[&str]) {
        let output = Command::new("openssl")
            .args(arguments)
            .current_dir(self.0.path())
            .output()
            .expect("openssl is installed");
        assert!(output.status.success(), "{output:?}");
    }
}
