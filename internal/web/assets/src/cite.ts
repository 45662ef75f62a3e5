// Opening a citation copies it. Without a script, or where copying is not
// allowed, it stands there to be selected.

export function cite(doc: Document): void {
  doc.addEventListener(
    "toggle",
    (e) => {
      const details = e.target;
      if (!(details instanceof HTMLDetailsElement) || !details.classList.contains("cite") || !details.open) return;
      const words = details.querySelector(".citation")?.textContent ?? "";
      const summary = details.querySelector("summary");
      navigator.clipboard?.writeText(words).then(
        () => {
          if (summary) summary.textContent = "Copied";
        },
        () => undefined,
      );
    },
    true,
  );
}
