// Light or dark at once, without a new page. The cookie is the one that the
// server sets where there is no script.

export function theme(doc: Document): void {
  doc.querySelector<HTMLFormElement>("form.theme")?.addEventListener("submit", (e) => {
    const to = (e.submitter as HTMLButtonElement | null)?.value ?? "auto";
    if (to === "auto") doc.documentElement.removeAttribute("data-theme");
    else doc.documentElement.setAttribute("data-theme", to);
    doc.cookie = `onrecord-theme=${to}; Path=/; Max-Age=34560000; SameSite=Lax`;
    e.preventDefault();
  });
}
