// Where the focus is, on the way to the element in arguments[0]. The answer has
//   at:       the target has the focus, and can be seen
//   outside:  the focus is not in this document
//   by:       "arrows" where the target is an item beside the focused one, else "tab"
//   on:       the focused element, in short
//   problem:  what is wrong with the focus here, if something is
const [target] = arguments;
const active = document.activeElement;
const looks = window.looksWithoutFocus ??= new WeakMap();

const PROPERTIES = [
    "outlineStyle", "outlineWidth", "outlineColor", "boxShadow", "backgroundColor", "color", "textDecorationLine",
    "borderTopColor", "borderTopWidth", "borderBottomColor", "borderBottomWidth",
];
const FOCUSABLE = "a[href], button, input, select, textarea, summary, [tabindex], [contenteditable]";
const ITEM = "[role^=menuitem], [role=option], [role=tab], [role=treeitem]";

// What shows the focus of an element: a field may have its border from its parent.
const shownBy = element => element.matches("input, textarea, select") ? [element, element.parentElement] : [element];
const look = element => shownBy(element).flatMap(shown => [null, "::before", "::after"].map(pseudo => {
    const style = getComputedStyle(shown, pseudo);
    return PROPERTIES.map(property => style[property]).join(" ");
})).join(" | ");

const short = element => {
    const name = element.getAttribute("aria-label") ?? element.innerText?.trim().split("\n")[0] ?? "";
    const id = element.dataset.testId ?? element.id;
    return `${element.localName}${id ? `#${id}` : ""}${name ? ` "${name.slice(0, 30)}"` : ""}`;
};

const problem = () => {
    const box = active.getBoundingClientRect();
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    if (box.width < 2 || box.height < 2) return "it cannot be seen";
    if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) return "it is not scrolled into view";
    const top = document.elementFromPoint(x, y);
    if (top && !active.contains(top) && !top.contains(active)) return `it is covered by ${short(top)}`;
    if (!active.matches(":focus-visible")) return "it does not match :focus-visible";
    if (looks.get(active) === look(active)) return "it looks the same with the focus and without it";
    return null;
};

const outside = !document.hasFocus();
const inPage = !outside && active !== document.body && active !== null;
const menu = target.matches(ITEM) && target.parentElement.closest("[role]");
const answer = {
    at: inPage && active === target,
    outside,
    by: menu && active?.matches(ITEM) && menu.contains(active) ? "arrows" : "tab",
    on: inPage ? short(active) : "the page",
    problem: inPage && active.tabIndex >= 0 || inPage && active.matches(ITEM) ? problem() : null,
};

// What has the focus itself, or beside it, is remembered when the focus is elsewhere.
for (const element of document.querySelectorAll(FOCUSABLE)) {
    if (!shownBy(element).some(shown => shown.contains(active))) looks.set(element, look(element));
}
return answer;
