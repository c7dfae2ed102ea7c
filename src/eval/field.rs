//! The values of a JSON line, each with the path that leads to it, so that a message can name what is wrong.

use serde_json::{Map, Value};

/// A field of a line that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wrong {
    /// Path of the field: `statements[2].kind`.
    pub field: String,
    /// What is wrong, and the mend.
    pub problem: String,
}

/// A value that may be absent, and the path to it. `null` is absent.
#[derive(Debug, Clone)]
pub(super) struct Field<'a> {
    pub path: String,
    value: Option<&'a Value>,
}

impl<'a> Field<'a> {
    /// The whole of a line.
    pub fn line(value: &'a Value) -> Self {
        Self { path: String::new(), value: Some(value) }
    }

    /// The field `key` of this object.
    pub fn get(&self, key: &str) -> Result<Field<'a>, Wrong> {
        let dot = if self.path.is_empty() { "" } else { "." };
        let value = self.object()?.get(key).filter(|value| !value.is_null());
        Ok(Field { path: format!("{}{dot}{key}", self.path), value })
    }

    /// The items of this list; none if it is absent.
    pub fn items(&self) -> Result<Vec<Field<'a>>, Wrong> {
        let list = match self.value {
            None => return Ok(Vec::new()),
            Some(Value::Array(list)) => list,
            Some(other) => return Err(self.is_no(other, "a list: write `[…]`")),
        };
        let item = |(i, value)| Field { path: format!("{}[{i}]", self.path), value: Some(value) };
        Ok(list.iter().enumerate().map(item).collect())
    }

    /// The text, if there is one.
    pub fn text(&self) -> Result<Option<&'a str>, Wrong> {
        match self.value {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(other) => Err(self.is_no(other, "a text: write it between `\"`")),
        }
    }

    /// The text, which must be there and not be empty.
    pub fn required_text(&self) -> Result<&'a str, Wrong> {
        let text = self.text()?.filter(|text| !text.trim().is_empty());
        text.ok_or_else(|| self.wrong("is missing: every line needs it"))
    }

    /// The texts of this list; none if it is absent.
    pub fn texts(&self) -> Result<Vec<String>, Wrong> {
        self.items()?.iter().map(|item| item.required_text().map(str::to_owned)).collect()
    }

    /// The number, if there is one.
    pub fn number(&self) -> Result<Option<f64>, Wrong> {
        match self.value {
            None => Ok(None),
            Some(value) => value.as_f64().map(Some).ok_or_else(|| self.is_no(value, "a number")),
        }
    }

    /// Whether it is `true`; absent is `false`.
    pub fn flag(&self) -> Result<bool, Wrong> {
        match self.value {
            None => Ok(false),
            Some(Value::Bool(flag)) => Ok(*flag),
            Some(other) => Err(self.is_no(other, "`true` or `false`")),
        }
    }

    /// The stretches of this list, as `[start, end]` or `{"start": …, "end": …}`.
    pub fn spans(&self) -> Result<Vec<(usize, usize)>, Wrong> {
        self.items()?.iter().map(Field::span).collect()
    }

    fn span(&self) -> Result<(usize, usize), Wrong> {
        let number = |value: Option<&Value>| value.and_then(Value::as_u64).map(|n| n as usize);
        let (start, end) = match self.value {
            Some(Value::Array(pair)) if pair.len() == 2 => (number(pair.first()), number(pair.last())),
            Some(Value::Object(pair)) => (number(pair.get("start")), number(pair.get("end"))),
            _ => (None, None),
        };
        match (start, end) {
            (Some(start), Some(end)) if start < end => Ok((start, end)),
            (Some(start), Some(end)) => Err(self.wrong(&format!("ends at {end}, before it starts at {start}"))),
            _ => Err(self.wrong("is no stretch: write `[start, end]`, in characters from the start of the text")),
        }
    }

    /// Whether the field is not there.
    pub fn is_absent(&self) -> bool {
        self.value.is_none()
    }

    /// What is wrong with this field.
    pub fn wrong(&self, problem: &str) -> Wrong {
        Wrong { field: self.path.clone(), problem: problem.to_owned() }
    }

    fn object(&self) -> Result<&'a Map<String, Value>, Wrong> {
        match self.value {
            Some(Value::Object(object)) => Ok(object),
            Some(other) => Err(self.is_no(other, "an object: write `{…}`")),
            None => Err(self.wrong("is missing")),
        }
    }

    fn is_no(&self, value: &Value, what: &str) -> Wrong {
        let value = value.to_string();
        let short: String = value.chars().take(40).collect();
        let dots = if short.len() < value.len() { "…" } else { "" };
        self.wrong(&format!("`{short}{dots}` is not {what}"))
    }
}
