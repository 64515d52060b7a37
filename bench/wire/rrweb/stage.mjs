// Plays the steps of a session in a page, with as few changes of its elements
// as they need. Runs in the page, as source text.
export async function playSteps({ script, options }) {
  const clock = window.viewreelClock;
  const elements = new Map();
  const root = document.getElementById("root");

  // What stands before a parent's children: its text, or the room of a scroller.
  const lead = (parent) => parent.viewreelSpacer ?? parent.viewreelText ?? null;

  const place = (element, parentId, afterId) => {
    const parent = parentId === null ? root : elements.get(parentId);
    const after = afterId === null ? lead(parent) : elements.get(afterId);
    parent.insertBefore(element, after ? after.nextSibling : parent.firstChild);
  };

  // New elements are built before they are put into the page, as a framework
  // does, so that rrweb takes each with its first look.
  const make = (id) => {
    const element = document.createElement("div");
    elements.set(id, element);
    return element;
  };

  const setText = (element, text) => {
    if (element.viewreelText) {
      element.viewreelText.nodeValue = text;
    } else {
      element.viewreelText = document.createTextNode(text);
      element.insertBefore(element.viewreelText, element.viewreelSpacer?.nextSibling ?? element.firstChild);
    }
  };

  // A list's page is as long as its content: one element makes the room.
  const scroll = (element, [x, y]) => {
    if (!element.viewreelSpacer) {
      element.viewreelSpacer = document.createElement("div");
      element.viewreelSpacer.className = "room";
      element.insertBefore(element.viewreelSpacer, element.firstChild);
    }
    if (element.isConnected) {
      element.scrollLeft = x;
      element.scrollTop = y;
    }
  };

  const setStyle = (element, name, value) => {
    if (value === null) {
      element.style.removeProperty(name);
    } else {
      element.style.setProperty(name, value);
    }
  };

  const setAttribute = (element, name, value) => {
    if (value === null) {
      element.removeAttribute(name);
    } else {
      element.setAttribute(name, value);
    }
  };

  const change = (operation) => {
    const [kind, id, first, second] = operation;
    const element = elements.get(id);
    if (kind === "style") setStyle(element, first, second);
    if (kind === "attribute") setAttribute(element, first, second);
    if (kind === "text") setText(element, first);
    if (kind === "move") place(element, first, second);
    if (kind === "remove") {
      element.remove();
      elements.delete(id);
    }
  };

  const apply = (operations) => {
    const added = operations.filter(([kind]) => kind === "add").map(([, id]) => id);
    const isNew = new Set(added);
    added.forEach(make);
    const changes = operations.filter(([kind]) => kind !== "add" && kind !== "move");
    const scrolls = changes.filter(([kind]) => kind === "scroll");
    changes.filter(([kind, id]) => isNew.has(id) && kind !== "scroll").forEach(change);
    for (const operation of operations) {
      const [kind, id, parent, after] = operation;
      if (kind === "add") place(elements.get(id), parent, after);
      if (kind === "move") change(operation);
    }
    changes.filter(([kind, id]) => !isNew.has(id) && kind !== "scroll").forEach(change);
    for (const [, id, offset] of scrolls) scroll(elements.get(id), offset);
  };

  const touch = ({ kind, x, y }) => {
    const target = document.elementFromPoint(x, y) ?? document.body;
    const finger = new Touch({ identifier: 0, target, clientX: x, clientY: y });
    const touches = kind === "touchend" ? [] : [finger];
    target.dispatchEvent(new TouchEvent(kind, { bubbles: true, changedTouches: [finger], touches }));
    point(target, kind, x, y);
  };

  // Browsers send pointers with touches, and a click after a touch that stays.
  let down = null;
  const point = (target, kind, clientX, clientY) => {
    const names = { touchstart: "pointerdown", touchend: "pointerup" };
    const init = { bubbles: true, clientX, clientY, pointerType: "touch" };
    if (names[kind]) target.dispatchEvent(new PointerEvent(names[kind], init));
    if (kind === "touchstart") down = { clientX, clientY };
    const hasStayed = down?.clientX === clientX && down?.clientY === clientY;
    if (kind === "touchend" && hasStayed) target.dispatchEvent(new MouseEvent("click", init));
  };

  // Scroll events are sent just before this runs.
  const nextPaint = () => new Promise((resolve) => requestAnimationFrame(() => resolve()));
  const nextTask = () =>
    new Promise((resolve) => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => resolve();
      channel.port2.postMessage(0);
    });

  const [first, ...rest] = script.steps;
  clock.moveTo(script.start + first.t);
  apply(first.ops);
  await nextPaint();
  const events = [];
  const stop = window.rrweb.record({ ...options, emit: (event) => events.push(event) });
  for (const step of rest) {
    for (const finger of step.touches) {
      clock.moveTo(script.start + finger.t);
      touch(finger);
    }
    clock.moveTo(script.start + step.t);
    apply(step.ops);
    await nextPaint();
    await nextTask();
  }
  clock.moveTo(script.start + rest.at(-1).t + 1000);
  stop();
  return JSON.stringify(events);
}
