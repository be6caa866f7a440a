// Times for people: how long ago, with the exact time beside it.

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 365 * 86400],
  ["month", 30 * 86400],
  ["week", 7 * 86400],
  ["day", 86400],
  ["hour", 3600],
  ["minute", 60],
];
const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

/** "3 hours ago", "in 2 days"; seconds since 1970. */
export function relativeTime(time: number, now = Date.now() / 1000): string {
  const distance = time - now;
  for (const [unit, seconds] of steps) {
    if (Math.abs(distance) >= seconds) return relative.format(Math.trunc(distance / seconds), unit);
  }
  return "just now";
}

/** "2026-11-23 14:05:00 UTC" */
export function exactTime(time: number): string {
  return `${new Date(time * 1000).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}
/** "2026-11-23" */
export function exactDay(time: number): string {
  return new Date(time * 1000).toISOString().slice(0, 10);
}

/** "6 h", "90 s": of a setting. */
export function duration(seconds: number): string {
  for (const [unit, length] of [["d", 86400], ["h", 3600], ["min", 60]] as const) {
    if (seconds >= length && seconds % length === 0) return `${seconds / length} ${unit}`;
  }
  return `${seconds} s`;
}

/** "every 6 h"; an interval of 0 turns the work off. */
export function every(seconds: number): string {
  if (seconds <= 0) return "never by itself";
  return seconds === 86400 ? "every day" : `every ${duration(seconds)}`;
}
