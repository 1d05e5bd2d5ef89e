//! State and effects as yew has them, but compiled once for all types. Yew's own are compiled again for each type of
//! state, dependency and closure, and every visitor would download some forty of them.

use std::any::Any;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;
use std::rc::Rc;
use yew::functional as full;
use yew::functional::TearDown;
use yew::prelude::*;

type Value = Rc<dyn Any>;

/// A value that a component keeps, as [`full::UseStateHandle`].
pub struct UseStateHandle<T>(full::UseStateHandle<Value>, PhantomData<T>);

/// Changes such a value, as [`full::UseStateSetter`].
pub struct UseStateSetter<T>(full::UseStateSetter<Value>, PhantomData<fn(T)>);

/// Keeps a value, as [`full::use_state`].
#[hook]
pub fn use_state<T: 'static, F: FnOnce() -> T>(init: F) -> UseStateHandle<T> {
    let mut init = Some(init);
    let handle = use_value(&mut || Rc::new(init.take().map(|init| init())));
    UseStateHandle(handle, PhantomData)
}

#[hook]
fn use_value(init: &mut dyn FnMut() -> Value) -> full::UseStateHandle<Value> {
    full::use_state(init)
}

impl<T: 'static> UseStateHandle<T> {
    /// Changes the value.
    pub fn set(&self, value: T) {
        self.0.set(Rc::new(Some(value)));
    }

    /// What changes the value, for a callback.
    pub fn setter(&self) -> UseStateSetter<T> {
        UseStateSetter(self.0.setter(), PhantomData)
    }
}

impl<T: 'static> Deref for UseStateHandle<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.0
            .downcast_ref::<Option<T>>()
            .and_then(Option::as_ref)
            .expect("a state holds its own type only")
    }
}

impl<T> Clone for UseStateHandle<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone(), PhantomData)
    }
}

impl<T: 'static> UseStateSetter<T> {
    /// Changes the value.
    pub fn set(&self, value: T) {
        self.0.set(Rc::new(Some(value)));
    }
}

impl<T> Clone for UseStateSetter<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone(), PhantomData)
    }
}

impl<T> PartialEq for UseStateSetter<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<T> fmt::Debug for UseStateSetter<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("UseStateSetter")
    }
}

/// Does something after drawing whenever `deps` have changed, as [`full::use_effect_with`].
#[hook]
pub fn use_effect_with<D, F, T>(deps: D, effect: F)
where
    D: PartialEq + 'static,
    F: FnOnce(&D) -> T + 'static,
    T: TearDown,
{
    let deps = Rc::new(deps);
    let version = {
        let is_same = |seen: &Value| seen.downcast_ref::<D>() == Some(&*deps);
        use_version(deps.clone(), &is_same)
    };
    let effect = Box::new(move || {
        let result = effect(&deps);
        Box::new(move || result.tear_down()) as Box<dyn FnOnce()>
    });
    use_boxed_effect(version, effect);
}

/// Counts how often `deps` were not the same as before.
#[hook]
fn use_version(deps: Value, is_same: &dyn Fn(&Value) -> bool) -> u32 {
    let seen = use_mut_ref(|| None::<(Value, u32)>);
    let mut seen = seen.borrow_mut();
    let version = match &*seen {
        Some((before, version)) if is_same(before) => *version,
        Some((_, version)) => version.wrapping_add(1),
        None => 0,
    };
    *seen = Some((deps, version));
    version
}

#[hook]
fn use_boxed_effect(version: u32, effect: Box<dyn FnOnce() -> Box<dyn FnOnce()>>) {
    full::use_effect_with(version, move |_| effect());
}
