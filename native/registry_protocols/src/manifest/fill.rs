//! Filling gaps.

/// Sets `field` unless it is set.
pub(super) fn text(field: &mut Option<String>, value: Option<&str>) {
    if field.is_none() {
        *field = value
            .map(str::trim)
            .filter(|value| !value.is_empty())
            .map(str::to_owned);
    }
}

/// Sets `list` unless it has anything in it.
pub(super) fn list<T>(list: &mut Vec<T>, values: impl IntoIterator<Item = T>) {
    if list.is_empty() {
        list.extend(values);
    }
}
