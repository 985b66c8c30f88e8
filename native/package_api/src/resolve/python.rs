//! Python: re-exports, stubs and what dataclasses inherit.

mod dataclass;
mod exports;
mod listed;
mod modules;
mod names;
mod parameters;
mod publish;
mod stubs;

use super::FileOutline;

pub(super) fn resolve(files: &mut [FileOutline]) {
    stubs::merge(files);
    stubs::follow(files);
    listed::apply(files);
    dataclass::inherit(files);
    let paths = names::public(files);
    publish::publish(files, paths);
}
