/** The last with another word in front: "a, b or c". */
export function listed(texts: readonly string[], word: string): string {
  return texts.length < 2 ? texts.join("") : `${texts.slice(0, -1).join(", ")} ${word} ${texts.at(-1)}`;
}
