// Keys: j and k go through the items of a page, o opens one, / searches, ? shows
// them. They do nothing while somebody writes, or with Ctrl, Alt or Meta.

const writing = (e: EventTarget | null): boolean =>
  e instanceof HTMLElement && (e.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(e.tagName));

export function keys(doc: Document): void {
  let at = -1;
  const items = (): HTMLElement[] => Array.from(doc.querySelectorAll<HTMLElement>("[data-item]")).filter((e) => e.offsetParent !== null);
  const go = (step: number): void => {
    const all = items();
    if (all.length === 0) return;
    const held = all.findIndex((e) => e.contains(doc.activeElement));
    at = Math.min(Math.max((held >= 0 ? held : at) + step, 0), all.length - 1);
    doc.querySelectorAll(".here").forEach((e) => e.classList.remove("here"));
    const item = all[at];
    item.classList.add("here");
    item.tabIndex = -1;
    item.focus({ preventScroll: true });
    item.scrollIntoView({ block: "nearest" });
  };
  const open = (): void => {
    const item = doc.querySelector<HTMLElement>(".here");
    item?.querySelector<HTMLAnchorElement>("a[href]")?.click();
  };
  const dialog = doc.querySelector<HTMLDialogElement>("#keys");
  doc.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || writing(e.target) || dialog?.open) return;
    switch (e.key) {
      case "j":
        go(1);
        break;
      case "k":
        go(-1);
        break;
      case "o":
        open();
        break;
      case "/":
        doc.querySelector<HTMLInputElement>("#find")?.focus();
        break;
      case "?":
        dialog?.showModal();
        break;
      default:
        return;
    }
    e.preventDefault();
  });
}
