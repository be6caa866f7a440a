// Passwords: what the server refuses in any case, and one that nobody guesses. The server has the last word.

const shortest = 12;
const longest = 256;
// Without those that look alike.
const letters = "23456789abcdefghjkmnpqrstuvwxyz";
const groups = 5;
const groupLength = 4;

export function passwordProblem(password: string, user: string): string {
  const length = [...password].length;
  if (length < shortest) return `At least ${shortest} characters.`;
  if (length > longest) return `At most ${longest} characters.`;
  return password.toLowerCase() === user.toLowerCase() ? "Not the name of the user." : "";
}

/** Twenty letters and digits, some 99 bits: "k7wm-…". */
export function madeUpPassword(random: (bytes: Uint8Array) => Uint8Array = (bytes) => crypto.getRandomValues(bytes)): string {
  const drawn: string[] = [];
  // Bytes past the last whole round of letters are drawn anew, so that each letter is as likely.
  const limit = 256 - (256 % letters.length);
  while (drawn.length < groups * groupLength) {
    for (const byte of random(new Uint8Array(32))) {
      if (byte < limit && drawn.length < groups * groupLength) drawn.push(letters.charAt(byte % letters.length));
    }
  }
  return Array.from({ length: groups }, (_, group) => drawn.slice(group * groupLength, (group + 1) * groupLength).join("")).join("-");
}
