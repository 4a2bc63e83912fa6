// What is wrong with the layout of this document, as a list of texts: something is outside of the window to the side, cut off, covered, or
// over something else. What has to be scrolled to is scrolled to.
const problems = [];
const short = element => {
    const name = element.getAttribute("aria-label") ?? element.innerText?.trim().replace(/\s+/g, " ") ?? "";
    return `${element.localName} "${name.slice(0, 40)}"`;
};
const isShown = element =>
    element.checkVisibility({visibilityProperty: true}) && !element.closest(".visually-hidden, [aria-hidden=true]");
const all = [...document.querySelectorAll("body *")].filter(isShown);

// To the side nothing is scrolled.
for (const element of [document.scrollingElement, ...all]) {
    const isField = element.matches("input, textarea, select, output");
    if (!isField && element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflowX !== "visible") {
        problems.push(`${short(element)} has to be scrolled to the side: ${element.scrollWidth} of ${element.clientWidth} px`);
    }
}

// Every control can be scrolled to, is whole then, and nothing covers it.
const controls = all.filter(element => element.matches("a[href], button, input, select, textarea"));
for (const control of controls) {
    control.scrollIntoView({block: "center", inline: "nearest"});
    const box = control.getBoundingClientRect();
    if (box.left < -1 || box.right > innerWidth + 1) problems.push(`${short(control)} is cut off at the side`);
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    if (y < 0 || y > innerHeight) problems.push(`${short(control)} cannot be scrolled to`);
    // What is under an open menu is used when the menu is closed.
    const top = document.elementFromPoint(x, y);
    const isCovered = top && top !== control && !control.contains(top);
    if (isCovered && (!top.closest(".popup") || control.closest(".popup"))) {
        problems.push(`${short(control)} is covered by ${short(top)}`);
    }
}
document.querySelectorAll("*").forEach(element => element.scrollTo(0, 0));

// Every text is inside of its control and of the window, and not over another text or control.
// What is scrolled away inside of an element is in nobody's way.
const clipped = (rectangle, element) => {
    const box = {left: rectangle.left, top: rectangle.top, right: rectangle.right, bottom: rectangle.bottom};
    for (let up = element; up && up !== document.body; up = up.parentElement) {
        if (getComputedStyle(up).overflowY === "visible") continue;
        const clip = up.getBoundingClientRect();
        box.left = Math.max(box.left, clip.left);
        box.top = Math.max(box.top, clip.top);
        box.right = Math.min(box.right, clip.right);
        box.bottom = Math.min(box.bottom, clip.bottom);
    }
    return box;
};
const lines = [];
const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (texts.nextNode()) {
    const parent = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || !isShown(parent) || parent.closest("select, textarea, output")) continue;
    const range = document.createRange();
    range.selectNodeContents(texts.currentNode);
    const control = parent.closest("a[href], button");
    const frame = control?.getBoundingClientRect();
    for (const line of range.getClientRects()) {
        const box = clipped(line, parent);
        if (box.right - box.left < 1 || box.bottom - box.top < 1) continue;
        if (box.left < -1 || box.right > innerWidth + 1) problems.push(`the text of ${short(parent)} is cut off`);
        if (frame && control.matches("button") && (box.left < frame.left - 1 || box.right > frame.right + 1
            || box.top < frame.top - 2 || box.bottom > frame.bottom + 2)) {
            problems.push(`the text of ${short(control)} is larger than its control`);
        }
        lines.push({box, element: control ?? parent});
    }
}
const boxes = controls.map(element => ({box: clipped(element.getBoundingClientRect(), element.parentElement), element}));
const both = [...lines, ...boxes];
both.forEach(({box: a, element: one}, index) => {
    for (const {box: b, element: other} of both.slice(index + 1)) {
        if (one === other || one.contains(other) || other.contains(one)) continue;
        // A menu is over everything.
        if (one.closest(".popup") !== other.closest(".popup")) continue;
        const [width, height] = [Math.min(a.right, b.right) - Math.max(a.left, b.left), Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)];
        if (width > 2 && height > 3) problems.push(`${short(one)} and ${short(other)} overlap`);
    }
});
return [...new Set(problems)];
