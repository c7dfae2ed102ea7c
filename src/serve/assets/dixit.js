// What gets better with JavaScript; every page works without.

// A button that copies, beside what is made to be copied.
for (const text of document.querySelectorAll(".copyable")) {
  const words = text.textContent;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = text.dataset.copy;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(words.trim());
    button.textContent = text.dataset.copied;
  });
  text.append(button);
}
