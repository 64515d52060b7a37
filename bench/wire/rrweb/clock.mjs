// A clock that the page is told: rrweb reads its time from here, so that a
// minute weighs as much as a minute, however fast it is played. Runs in the
// page before rrweb is loaded, as source text, so it uses nothing from outside.
export function installClock(start) {
  let now = start;
  let timers = [];
  let last = 0;
  const OwnDate = window.Date;
  OwnDate.now = () => now;
  window.performance.now = () => now - start;
  window.setTimeout = (run, wait = 0, ...args) => {
    last += 1;
    timers.push({ id: last, at: now + wait, run: () => run(...args) });
    return last;
  };
  window.clearTimeout = (id) => {
    timers = timers.filter((timer) => timer.id !== id);
  };
  window.viewreelClock = {
    // Moves on to that time and runs what is due on the way.
    moveTo(time) {
      for (;;) {
        const due = timers.filter((timer) => timer.at <= time).sort((a, b) => a.at - b.at)[0];
        if (!due) {
          break;
        }
        timers = timers.filter((timer) => timer !== due);
        now = Math.max(now, due.at);
        due.run();
      }
      now = Math.max(now, time);
    },
  };
}
