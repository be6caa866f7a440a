// The paragraphs of texts that others wrote. Vendors wrap lines at any width: a line's end inside of a
// paragraph is a blank, but for lists and what is indented.

export function paragraphs(text: string): string[] {
  return text
    .replace(/\r\n?/g, "\n")
    .split(/\n[ \t]*\n/)
    .map((part) => part.replace(/\n(?![ \t]{2,}|[ \t]*[-*•] |[ \t]*\d+[.)] )/g, " ").trim())
    .filter((part) => part !== "");
}

/** The first paragraphs up to so many characters, at least one. All of them if only little would be left out. */
export function beginning(all: readonly string[], characters: number): readonly string[] {
  let length = 0;
  const end = all.findIndex((part, index) => {
    length += part.length;
    return index > 0 && length > characters;
  });
  if (end < 0) return all;
  const left = all.slice(end).reduce((sum, part) => sum + part.length, 0);
  return left * 4 < characters ? all : all.slice(0, end);
}
