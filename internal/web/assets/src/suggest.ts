// Names to go on with, while a query is typed.

export function suggest(doc: Document): void {
  const list = doc.querySelector<HTMLDataListElement>("#names");
  let asked = 0;
  doc.querySelectorAll<HTMLInputElement>("input[data-suggest]").forEach((input) => {
    input.addEventListener("input", () => {
      const turn = ++asked;
      window.setTimeout(async () => {
        if (turn !== asked || !list || input.value.length < 2) return;
        try {
          const res = await fetch(`/suggest?q=${encodeURIComponent(input.value)}`);
          const names: string[] = res.ok ? await res.json() : [];
          if (turn === asked) list.replaceChildren(...names.map((n) => new Option(n, n)));
        } catch {
          // The box works without.
        }
      }, 150);
    });
  });
}
