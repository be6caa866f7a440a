// Numbers for people.

const whole = new Intl.NumberFormat("en");
/** "12,345" */
export const count = (value: number) => whole.format(value);

/** "1 resource", "3 resources" */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** Of a whole, in per cent: "22%", "<1%"; never 100% where something is left. */
export function share(part: number, total: number): string {
  if (total <= 0 || part <= 0) return "0%";
  const percent = (part / total) * 100;
  if (percent < 1) return "<1%";
  return `${part < total ? Math.min(99, Math.round(percent)) : 100}%`;
}
