fn main() {
    let text = std::fs::read_to_string(std::env::args().nth(1).unwrap()).unwrap();
    print!(
        "{}",
        dixit::extract::explain(&dixit::article::Article::from_text("x", &text), dixit::entity::Entities::embedded())
    );
}
