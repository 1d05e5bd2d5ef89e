//! Background work of a component.

use crate::browser::task::Task;
use std::cell::RefCell;
use std::future::Future;
use std::rc::Rc;
use yew::prelude::*;

/// Runs one task at a time. The task ends when another one starts, and with the component.
#[derive(Clone)]
pub struct TaskRunner(Rc<RefCell<Option<Task>>>);

impl TaskRunner {
    /// Starts a task. It must not hold the runner itself, or else it would outlive the component.
    pub fn start(&self, work: impl Future<Output = ()> + 'static) {
        self.0.replace(Some(Task::spawn(work)));
    }
}

#[hook]
pub fn use_task_runner() -> TaskRunner {
    TaskRunner(use_mut_ref(|| None))
}
