import { expect, test } from "vitest";
import { requestOf } from "./operations";

const arn = "arn:aws:inspector2:us-east-1:000000000000:owner/000000000000/filter/0123456789abcdef";

test("an operation is a POST of its input", () => {
  expect(requestOf("ListFilters", { action: "SUPPRESS" })).toEqual({ method: "POST", path: "/filters/list", body: { action: "SUPPRESS" } });
});

test("a tag is put on what the address names", () => {
  const { method, path, body } = requestOf("TagResource", { resourceArn: arn, tags: { "vigil:owner": "eve" } });
  expect([method, decodeURIComponent(path)]).toEqual(["POST", `/tags/${arn}`]);
  expect(path.split("/")).toHaveLength(3);
  expect(body).toEqual({ tags: { "vigil:owner": "eve" } });
});

test("each key to take away is a parameter of its own", () => {
  const { method, path } = requestOf("UntagResource", { resourceArn: arn, tagKeys: ["vigil:owner", "a&b"] });
  expect(method).toBe("DELETE");
  expect(new URLSearchParams(path.split("?")[1]).getAll("tagKeys")).toEqual(["vigil:owner", "a&b"]);
});
