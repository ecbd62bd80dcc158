// Adds a copy button beside each ready text; without this script the text is selected and copied by hand.
for (const box of document.querySelectorAll("[data-copy]")) {
  const text = box.querySelector("textarea");
  const button = document.createElement("button");
  const said = document.createElement("span");
  button.type = "button";
  button.textContent = "复制";
  button.setAttribute("aria-describedby", text.id);
  said.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    text.select();
    try {
      await navigator.clipboard.writeText(text.value);
      said.textContent = "已复制";
    } catch {
      said.textContent = "已选中,请按 Ctrl+C 复制";
    }
  });
  box.append(button, said);
}
