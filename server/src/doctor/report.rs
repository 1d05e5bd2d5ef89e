//! The findings of the doctor.

use serde::Serialize;
use std::fmt;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    Ok,
    /// Works, but the operator should know.
    Warning,
    Problem,
    /// Cannot be determined from outside.
    Unknown,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// A stable name, for scripts.
    pub check: &'static str,
    pub verdict: Verdict,
    #[serde(rename = "found")]
    pub message: String,
    #[serde(rename = "mend", skip_serializing_if = "Option::is_none")]
    pub advice: Option<String>,
}

impl Finding {
    fn new(check: &'static str, verdict: Verdict, message: impl Into<String>) -> Self {
        Self {
            check,
            verdict,
            message: message.into(),
            advice: None,
        }
    }

    pub fn good(check: &'static str, message: impl Into<String>) -> Self {
        Self::new(check, Verdict::Ok, message)
    }

    pub fn warning(check: &'static str, message: impl Into<String>) -> Self {
        Self::new(check, Verdict::Warning, message)
    }

    pub fn problem(check: &'static str, message: impl Into<String>) -> Self {
        Self::new(check, Verdict::Problem, message)
    }

    pub fn unknown(check: &'static str, message: impl Into<String>) -> Self {
        Self::new(check, Verdict::Unknown, message)
    }

    #[must_use]
    pub fn advice(mut self, advice: impl Into<String>) -> Self {
        self.advice = Some(advice.into());
        self
    }
}

#[derive(Debug, Default, Serialize)]
pub struct DoctorReport {
    findings: Vec<Finding>,
}

impl DoctorReport {
    pub fn add(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    pub fn extend(&mut self, findings: impl IntoIterator<Item = Finding>) {
        self.findings.extend(findings);
    }

    pub fn is_sound(&self) -> bool {
        let mut findings = self.findings.iter();
        findings.all(|finding| finding.verdict != Verdict::Problem)
    }

    /// The report for scripts: `{"sound", "findings": [{"check", "verdict", "found", "mend"?}]}`.
    pub fn to_json(&self) -> serde_json::Value {
        serde_json::json!({ "sound": self.is_sound(), "findings": self.findings })
    }
}

/// Writes one line per finding and one for its advice.
impl fmt::Display for DoctorReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for finding in &self.findings {
            let verdict = match finding.verdict {
                Verdict::Ok => "ok",
                Verdict::Warning => "warning",
                Verdict::Problem => "PROBLEM",
                Verdict::Unknown => "?",
            };
            writeln!(f, "{verdict:<8}{:<14}{}", finding.check, finding.message)?;
            if let Some(advice) = &finding.advice {
                writeln!(f, "{:<22}-> {advice}", "")?;
            }
        }
        let problems = self.findings.iter();
        let problems = problems.filter(|finding| finding.verdict == Verdict::Problem);
        match problems.count() {
            1 => writeln!(f, "1 problem"),
            count => writeln!(f, "{count} problems"),
        }
    }
}
