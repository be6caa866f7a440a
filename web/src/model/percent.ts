/** Of a probability from 0 to 1: "97%", "0.8%"; what is small stays to be seen, and nothing is certain. */
export function percent(probability: number): string {
  const of100 = probability * 100;
  if (of100 > 0 && of100 < 0.1) return "under 0.1%";
  if (of100 > 99.9 && of100 < 100) return "over 99.9%";
  return `${of100.toFixed(of100 < 10 || of100 > 99 ? 1 : 0).replace(/\.0$/, "")}%`;
}
