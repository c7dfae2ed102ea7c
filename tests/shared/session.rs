//! The sessions that pages show.

/// The text with the output of each command of its `console` blocks as `run` gives it.
pub fn relive(text: &str, mut run: impl FnMut(&str) -> String) -> String {
    let mut lived = String::new();
    let mut in_session = false;
    for line in text.lines() {
        match line {
            "```console" => in_session = true,
            "```" => in_session = false,
            _ => {}
        }
        let command = line.strip_prefix("$ ").filter(|_| in_session);
        if command.is_some() || !in_session || line == "```console" {
            lived.push_str(line);
            lived.push('\n');
        }
        if let Some(command) = command {
            lived.push_str(&run(command));
        }
    }
    lived
}
