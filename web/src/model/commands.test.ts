import { expect, test } from "vitest";
import { awsCommands, credentials, scanCommand, shellWord } from "./commands";

test.each([["abc/+=", "abc/+="], ["a b", "'a b'"], ["it's", "'it'\\''s'"], ["$(rm)", "'$(rm)'"], ["", "''"]])("%j is %s to a shell", (text, word) => {
  expect(shellWord(text)).toBe(word);
});

test("without a key it is plain what has to be put in", () => {
  expect(credentials(undefined, "eu-west-1")).toBe("export AWS_ACCESS_KEY_ID=...\nexport AWS_SECRET_ACCESS_KEY=...\nexport AWS_REGION=eu-west-1");
});

test("the AWS CLI is told the key and where the server is", () => {
  const text = awsCommands({ accessKeyId: "AKIA1", secretAccessKey: "s/e+c" }, "us-east-1", "http://127.0.0.1:8080");
  expect(text).toContain("AWS_SECRET_ACCESS_KEY=s/e+c\n");
  expect(text).toContain("AWS_ENDPOINT_URL_INSPECTOR2=http://127.0.0.1:8080 ");
});

test("what is scanned stands last, if anything does", () => {
  expect(scanCommand("host", "http://a")).toBe("vigil scan host --server http://a");
  expect(scanCommand("image", "http://a", "nginx")).toBe("vigil scan image --server http://a nginx");
});
